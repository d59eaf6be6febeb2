import type { EpochSums } from './checkpoint.js'

/**
 * Means over the rows seen so far. Each row's value is added in float64, row after row, so the result depends neither
 * on threads nor on where training was interrupted.
 */
export class RunningMeans {
  private rows: number
  private readonly sums: Map<string, number>

  constructor(start: EpochSums = { rows: 0, sums: {} }) {
    this.rows = start.rows
    this.sums = new Map(Object.entries(start.sums))
  }

  /**
   * Takes in one batch.
   *
   * @param values for each log one value a row
   * @param penalty added to every row's `loss`: the penalties on weights, as Keras reports them
   */
  add(values: Readonly<Record<string, Float32Array>>, penalty: number): void {
    for (const [key, rows] of Object.entries(values)) {
      const extra = key === 'loss' ? penalty * rows.length : 0
      this.sums.set(key, (this.sums.get(key) ?? 0) + total(rows) + extra)
    }
    this.rows += values.loss!.length
  }

  /** The mean of each log, in the order they came. */
  means(): Record<string, number> {
    return Object.fromEntries([...this.sums].map(([key, sum]) => [key, sum / this.rows]))
  }

  snapshot(): EpochSums {
    return { rows: this.rows, sums: Object.fromEntries(this.sums) }
  }
}

const total = (rows: Float32Array): number => {
  let sum = 0
  for (const value of rows) sum += value
  return sum
}
