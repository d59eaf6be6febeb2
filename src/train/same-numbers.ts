/** Whether two lists of numbers are alike to the bit; NaN is like NaN. */
export const sameNumbers = (some: Float32Array, others: Float32Array): boolean =>
  some.length === others.length && some.every((value, i) => Object.is(value, others[i]))
