import { formatPercent } from '../../../base/format.js'
import { windowLength } from '../onset.js'
import { slope } from '../statistics.js'
import { finishedLoss, highLoss, learnedLoss, movingSlope, smallGap, straight } from '../thresholds.js'
import type { Check, Evidence } from '../verdict.js'
import { nth, say } from '../words.js'

/** Both curves still fall, side by side: training ended too early, or goes too slowly. */
export const stillImproving: Check = evidence => {
  const { trainLoss, valLoss, epochs } = evidence
  const train = slopeAtEnd(trainLoss)
  const validation = valLoss.length > 0 ? slopeAtEnd(valLoss) : train
  if (!(train < -movingSlope && validation < -movingSlope && isGapSmall(evidence))) return null
  if (isFinished(evidence)) return null
  return {
    name: 'still-improving',
    test: 'training and validation loss fall by more than 1 % an epoch at the end, less than 5 % apart',
    numbers: { train, validation, last: trainLoss.at(-1)! },
    saw:
      `In epoch ${nth(epochs.at(-1)!)}, the last, the training loss still falls by ${formatPercent(-train)} an epoch` +
      (valLoss.length > 0 ? `, the validation loss by ${formatPercent(-validation)}` : ''),
    ...whyStillImproving(evidence),
  }
}

/** Whether nearly all is learned that there is to learn. */
function isFinished({ trainLoss, valLoss, classes }: Evidence): boolean {
  const loss = (valLoss.length > 0 ? valLoss : trainLoss).at(-1)!
  return loss < finishedLoss * Math.log(classes ?? Number.NaN)
}

function whyStillImproving({ trainLoss, learningRate, rateCameDown }: Evidence) {
  // A schedule makes the loss fall when it comes to its end: the slope says nothing about the rate.
  if (rateCameDown)
    return {
      cause: 'the schedule of the learning rate came to its end early',
      advice: 'train longer: a schedule is as long as the training',
    }
  if (isStraight(trainLoss))
    return {
      cause: 'the learning rate is low: the curve is nearly straight',
      advice: `try ${largerRate(learningRate)}, or train longer`,
    }
  return { cause: 'training ended early', advice: 'train longer' }
}

/** Both curves have come to rest, together and high. */
export const capacityTooSmall: Check = evidence => {
  const { trainLoss, classes, valLoss } = evidence
  const loss = trainLoss.at(-1) ?? Number.NaN
  const guessing = Math.log(classes ?? Number.NaN)
  const flat = Math.abs(slopeAtEnd(trainLoss)) <= movingSlope
  const high = loss > highLoss * guessing && loss < learnedLoss * guessing
  if (!(flat && high && isGapSmall(evidence) && valLoss.length > 0)) return null
  return {
    name: 'capacity-too-small',
    test: 'training loss flat, above half of ln(classes), validation loss less than 5 % above it',
    numbers: { loss, guessing, validation: valLoss.at(-1)! },
    saw:
      `The training loss has come to rest at ${say(loss)}, which is high (guessing costs ${guessing.toFixed(3)}), and ` +
      `the validation loss with it at ${say(valLoss.at(-1)!)}`,
    cause: 'the network is too small for these pictures, or held back by dropout or penalties',
    advice: 'give it more filters or another layer, or less dropout',
  }
}

/** Least-squares slope over the last window, as a share of the last value; NaN for fewer than three epochs. */
function slopeAtEnd(values: readonly number[]): number {
  const window = values.slice(-windowLength(values.length))
  return window.length < 3 ? Number.NaN : slope(window) / values.at(-1)!
}

/** Without a validation part there is nothing to be apart from. */
const isGapSmall = ({ trainLoss, valLoss }: Evidence): boolean =>
  valLoss.length === 0 || valLoss.at(-1)! - trainLoss.at(-1)! < smallGap * valLoss.at(-1)!

/** Whether the last epochs fell at least half as fast as all did on average. */
function isStraight(values: readonly number[]): boolean {
  const average = (values.at(-1)! - values[0]!) / (values.length - 1)
  return slope(values.slice(-windowLength(values.length))) < straight * average
}

const largerRate = (rate: number | undefined): string =>
  rate === undefined
    ? 'three times the learning rate'
    : `a learning rate of ${say(3 * rate)}, three times what it was`
