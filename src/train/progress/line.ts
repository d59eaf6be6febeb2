import type { EpochEvent } from '../events.js'
import { trainEvaluationPrefix } from '../train-evaluation.js'
import { epochTitle, formatDuration, formatLogs, formatRate } from './format.js'

/** What an epoch came to, in one plain line: `Epoch 3/40 · 12 s · 183 images/s · loss 1.2345 · accuracy 0.5512`. */
export const renderEpoch = (event: EpochEvent, epochs: number | null): string =>
  [
    epochTitle(event.epoch, epochs),
    formatDuration(event.seconds),
    formatRate(event.imagesPerSecond),
    ...formatLogs(readable(event.logs)),
  ].join(' · ')

/** What was measured on training rows stays in the events: with it the line would be wider than most terminals. */
const readable = (logs: EpochEvent['logs']): EpochEvent['logs'] =>
  Object.fromEntries(Object.entries(logs).filter(([key]) => !key.startsWith(trainEvaluationPrefix)))
