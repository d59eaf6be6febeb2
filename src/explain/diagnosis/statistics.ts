/** Sums in float64, in the order of the values: the same on every machine. */
export function mean(values: ArrayLike<number>): number {
  let sum = 0
  for (let i = 0; i < values.length; i++) sum += values[i]!
  return sum / values.length
}

/** Standard error of the mean: sd / √n, the sd with n - 1. NaN for fewer than two values. */
export function standardErrorOfMean(values: ArrayLike<number>): number {
  const centre = mean(values)
  let squares = 0
  for (let i = 0; i < values.length; i++) squares += (values[i]! - centre) ** 2
  const n = values.length
  return n < 2 ? Number.NaN : Math.sqrt(squares / (n - 1) / n)
}

/** Middle value; of an even number the mean of the two in the middle. NaN of nothing. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const half = Math.floor(sorted.length / 2)
  return sorted.length % 2 === 1 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2
}

/** Least-squares slope of values over their places 0, 1, 2, …; those that are not finite are passed over. */
export function slope(values: readonly number[]): number {
  const points = values.map((y, x) => ({ x, y })).filter(({ y }) => Number.isFinite(y))
  const centreX = mean(points.map(({ x }) => x))
  const centreY = mean(points.map(({ y }) => y))
  const product = points.reduce((sum, { x, y }) => sum + (x - centreX) * (y - centreY), 0)
  return product / points.reduce((sum, { x }) => sum + (x - centreX) ** 2, 0)
}

/** Place of the smallest finite value, of equals the first; -1 where there is none. */
export const placeOfLowest = (values: readonly number[]): number =>
  values.reduce(
    (best, value, i) => (Number.isFinite(value) && (best < 0 || value < values[best]!) ? i : best),
    -1,
  )
