/** The gradient behind a relu that made `x`; `dx` itself where there is none. */
export const throughRelu = (dx: Float64Array, x: Float64Array | undefined): Float64Array =>
  x ? dx.map((value, i) => (x[i]! > 0 ? value : 0)) : dx
