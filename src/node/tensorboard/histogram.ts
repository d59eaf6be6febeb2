/** How often numbers fall between limits. */
export interface Histogram {
  readonly min: number
  readonly max: number
  readonly count: number
  readonly sum: number
  readonly sumOfSquares: number
  /** The upper end of each bucket, rising; the first begins at `min`. */
  readonly limits: readonly number[]
  /** Numbers in each bucket. */
  readonly counts: readonly number[]
}

/** As many as TensorFlow 2 makes. */
const buckets = 30

/** Buckets of equal width from the smallest to the largest; one where all are equal. */
export function histogramOf(values: Float32Array): Histogram {
  let [min, max, sum, sumOfSquares] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0, 0]
  for (const value of values) {
    min = Math.min(min, value)
    max = Math.max(max, value)
    sum += value
    sumOfSquares += value * value
  }
  const moments = { min, max, count: values.length, sum, sumOfSquares }
  if (!(max > min)) return { ...moments, limits: [max], counts: [values.length] }
  const width = (max - min) / buckets
  const counts = new Array<number>(buckets).fill(0)
  for (const value of values) counts[Math.min(buckets - 1, Math.floor((value - min) / width))]!++
  return {
    ...moments,
    limits: counts.map((_, i) => (i === buckets - 1 ? max : min + (i + 1) * width)),
    counts,
  }
}
