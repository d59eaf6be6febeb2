/** The length of every axis, outermost first. Pictures are `[N, H, W, C]`. */
export type Shape = readonly number[]

/** The number of elements a shape holds; 1 for a scalar `[]`. */
export const sizeOf = (shape: Shape): number => shape.reduce((product, length) => product * length, 1)

/** `28×28×16`, as people write a picture's size. */
export const formatShape = (shape: Shape): string => (shape.length === 0 ? 'scalar' : shape.join('×'))

export const sameShape = (a: Shape, b: Shape): boolean =>
  a.length === b.length && a.every((length, axis) => length === b[axis])
