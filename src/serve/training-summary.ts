type Plain = Readonly<Record<string, unknown>>

/** What is told of a training: on what, how long, how well it went at the end. */
export interface TrainingSummary {
  readonly dataset: string | null
  readonly epochs: number | null
  /** That weights were learned from. */
  readonly pictures: number | null
  /** The last value of each curve: `val_accuracy`, … */
  readonly last: Readonly<Record<string, number>>
}

/** Reads it from what a file says of its training, which is plain JSON of any shape; null where it says nothing. */
export function trainingSummary(training: Plain | undefined): TrainingSummary | null {
  if (!training) return null
  const state = record(training.state)
  return {
    dataset: typeof training.dataset === 'string' ? training.dataset : null,
    epochs: finite(state.totalEpochs),
    pictures: finite(state.trainRows),
    last: lastOf(record(record(state.history).history)),
  }
}

function lastOf(curves: Plain): Record<string, number> {
  const last = Object.entries(curves).map(
    ([name, curve]) => [name, finite(Array.isArray(curve) ? curve.at(-1) : undefined)] as const,
  )
  return Object.fromEntries(last.filter((entry): entry is [string, number] => entry[1] !== null))
}

const record = (value: unknown): Plain =>
  typeof value === 'object' && value !== null ? (value as Plain) : {}
const finite = (value: unknown): number | null =>
  typeof value === 'number' && Number.isFinite(value) ? value : null
