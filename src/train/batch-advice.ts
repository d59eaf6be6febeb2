import { MemoryError } from '../base/errors.js'
import { formatBytes, formatCount } from '../base/format.js'

/** A step that was asked for, in the terms in which it can be made smaller. */
export interface WantedStep {
  /** Whose step it is: `Sequential "sequential"`. */
  readonly title: string
  /** `a training step` */
  readonly what: string
  readonly rows: number
  /** Bytes that a step of so many rows would need. */
  readonly bytesFor: (rows: number) => number
}

/** The engine's error knows bytes; this one knows what they are for, and the batch size that would do. */
export function stepTooLarge(error: MemoryError, step: WantedStep): MemoryError {
  const rows = step.rows === 1 ? 'a single row' : `${formatCount(step.rows)} rows`
  const who = `${step.title}: ${step.what} of ${rows}`
  return new MemoryError(who, error, batchAdvice(error, step), { cause: error })
}

function batchAdvice({ limit }: MemoryError, { rows, bytesFor }: WantedStep): string {
  if (rows === 1) return 'Make the network or its pictures smaller.'
  if (limit === null) {
    const half = Math.floor(rows / 2)
    return `Use a smaller batch size: ${formatCount(half)} needs ${formatBytes(bytesFor(half))}.`
  }
  const largest = largestWithin(rows, count => bytesFor(count) <= limit)
  if (largest === 0) return 'Not even a single row fits: make the network or its pictures smaller.'
  return `Use a batch size of at most ${formatCount(largest)}${example(largest)}.`
}

/** The largest count below `tooMany` that fits; 0 when none does. What needs little fits where more does. */
function largestWithin(tooMany: number, fits: (count: number) => boolean): number {
  let [within, beyond] = [0, tooMany]
  while (beyond - within > 1) {
    const middle = Math.floor((within + beyond) / 2)
    if (fits(middle)) within = middle
    else beyond = middle
  }
  return within
}

/** People like powers of two. */
function example(largest: number): string {
  const power = 2 ** Math.floor(Math.log2(largest))
  return power === largest ? '' : `, for example ${formatCount(power)}`
}
