import { formatCount, formatPercent, formatShare } from '../../base/format.js'
import type { TestFacts, TrainingFacts } from '../../classify/training-facts.js'
import type { LossConfig } from '../../nn/losses.js'
import { countOf } from '../../node/folder/passed-over.js'
import type { BestEpoch } from '../../train/checkpoint.js'
import { formatLogs } from '../../train/progress/format.js'
import { describeAverage } from '../test-time.js'

/** A line of the summary: what it is about, and what is to be said. */
export type Fact = readonly [about: string, said: string]

/** What is known of a training, a line for each thing. */
export function trainingLines(facts: TrainingFacts): Fact[] {
  const { dataset, recipe, model, loss, best, test } = facts
  const lines: readonly (readonly [about: string, said: string | null])[] = [
    ['data set', dataset],
    ['recipe', recipe],
    ['architecture', model],
    ['loss', loss && named(loss)],
    ['training', length(facts)],
    ['best epoch', best && bestEpoch(best)],
    ['result', test && result(test)],
  ]
  return lines.filter((line): line is Fact => line[1] !== null)
}

/** `categoricalCrossentropy`, `categoricalCrossentropy (labelSmoothing 0.1)` */
function named({ name, ...options }: LossConfig): string {
  const numbers = Object.entries(options).flatMap(([key, option]) =>
    typeof option === 'number' ? [`${key} ${option}`] : [],
  )
  return numbers.length === 0 ? name : `${name} (${numbers.join(', ')})`
}

/** `3 epochs of 3,600 pictures, batches of 8, seed 0` */
function length({ epochs, pictures, batchSize, seed }: TrainingFacts): string | null {
  const parts = [
    ...(epochs === null ? [] : [`${formatCount(epochs)} ${epochs === 1 ? 'epoch' : 'epochs'}`]),
    ...(pictures === null ? [] : [countOf(pictures, 'picture')]),
    ...(batchSize === null ? [] : [`batches of ${formatCount(batchSize)}`]),
    ...(seed === null ? [] : [`seed ${seed}`]),
  ]
  return parts.length === 0 ? null : parts.join(', ')
}

const bestEpoch = ({ epoch, monitor, value }: BestEpoch): string =>
  `${epoch + 1} (${formatLogs({ [monitor]: value }).join()})`

/** `test accuracy 87.6 % ± 0.9 on 1,234 pictures, test loss 0.4123` */
function result({ accuracy, pictures, loss, averaged }: TestFacts): string {
  const measured =
    pictures === null
      ? formatPercent(accuracy)
      : `${formatShare(accuracy, pictures)} on ${formatCount(pictures)} ${pictures === 1 ? 'picture' : 'pictures'}`
  return [
    `test accuracy ${measured}${loss === null ? '' : `, test loss ${loss.toFixed(4)}`}`,
    ...(averaged && pictures !== null
      ? [describeAverage(averaged.testTime, averaged.testAccuracy, pictures)]
      : []),
  ].join('. ')
}
