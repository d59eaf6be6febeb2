import { OptionError } from '../../base/errors.js'
import { show } from '../../nn/options/resolve.js'
import type { Callback } from './callback.js'

export interface TimeLimitOptions {
  /** The clock, in seconds. Default: the machine's. */
  readonly now?: () => number
}

/**
 * Stops training after so many seconds, wherever it is then; the step under way is finished. A resumed training begins
 * to count anew. Where a schedule should come to its end in that time, give `fit` a `budget` instead.
 */
export function timeLimit(
  seconds: number,
  { now = () => performance.now() / 1000 }: TimeLimitOptions = {},
): Callback {
  if (!Number.isFinite(seconds) || seconds <= 0)
    throw new OptionError(
      `timeLimit: seconds must be a number above 0, but ${show(seconds)} came.`,
      'For example 180.',
    )
  let start = now()
  return {
    name: 'timeLimit',
    onTrainBegin() {
      start = now()
    },
    onBatchEnd(_, context) {
      if (now() - start >= seconds) context.stop(`timeLimit: ${seconds} s have passed.`)
    },
  }
}
