/** The share of numbers that shall have a tone of their own; the rest may be cut off, or a single peak would darken all. */
const kept = 0.99

/** Grey levels there are above black. */
const white = 255

/**
 * How many grey levels one stands for, so that the numbers can be told apart by eye: the largest of … 100, 200, 500, 1,000 … with which
 * 99 of 100 of those that are not 0 (relu leaves many) have a magnitude of at most 255 levels. 255 where all are 0.
 */
export function readableUnit(values: ArrayLike<number>): number {
  const magnitudes = Float64Array.from(values, Math.abs)
    .filter(value => value > 0)
    .sort()
  if (magnitudes.length === 0) return white
  return roundBelow(white / magnitudes[Math.ceil(kept * magnitudes.length) - 1]!)
}

/** The largest of 1, 2 and 5 times a power of ten that is not above `value`. */
function roundBelow(value: number): number {
  const exponent = Math.floor(Math.log10(value))
  const steps = [10, 5, 2, 1, 0.5].map(step => Number(`${step}e${exponent}`))
  return steps.find(step => step <= value)!
}
