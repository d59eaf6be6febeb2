/** Half the distance between 1 and the next float32. */
export const unit = 2 ** -24

/**
 * How far a float32 sum of `terms` products may be off, in whatever order they are added, when `size` is the sum of the
 * products' sizes (Higham 2002, section 3.1): a unit of it for each term, and one more for storing what was expected.
 */
export const sumBound = (terms: number, size: number): number => unit * (terms + 2) * size
