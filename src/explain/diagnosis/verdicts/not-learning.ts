import { formatPercent } from '../../../base/format.js'
import { standardError } from '../../../base/shares.js'
import { countClasses } from '../../../data/split.js'
import { epochsToLearn, guessingMargin, majorityErrors } from '../thresholds.js'
import type { Check, Evidence, Verdict } from '../verdict.js'
import { counted, say } from '../words.js'
import { smallerRate } from './diverged.js'

/** The network does no better than guessing, or than always naming the largest class. */
export const notLearning: Check = evidence =>
  evidence.epochs.length < epochsToLearn ? null : (costsAsGuessing(evidence) ?? knowsOnlyTheLargest(evidence))

/** A loss that falls in every epoch, but hardly, is on its way; one that stands or wavers may be stuck. */
function sayWhy({ learningRate, trainLoss }: Evidence) {
  const falls = trainLoss.every((loss, i) => i === 0 || loss < trainLoss[i - 1]!)
  if (falls)
    return {
      cause: 'the learning rate is far too low: the loss falls in every epoch, but hardly',
      advice: `try ${learningRate === undefined ? 'ten times the learning rate' : `a learning rate of ${say(10 * learningRate)}, ten times what it was`}`,
    }
  return {
    cause:
      'the learning rate is far too high (units died) or far too low, or labels do not belong to their pictures',
    advice: `try ${smallerRate(learningRate)}, then ten times it, and look at some pictures with their labels`,
  }
}

function costsAsGuessing(evidence: Evidence): Verdict | null {
  const { classes, trainLoss, epochs } = evidence
  const loss = trainLoss.at(-1) ?? Number.NaN
  const guessing = Math.log(classes ?? Number.NaN)
  if (!(Math.abs(loss - guessing) <= guessingMargin * guessing)) return null
  return {
    name: 'not-learning',
    test: 'training loss within 1 % of ln(classes) after two epochs or more',
    numbers: { loss, guessing },
    saw:
      `After ${counted(epochs.length, 'epoch')} the training loss is ${say(loss)}, what guessing among ` +
      `${classes} classes costs (ln ${classes} = ${guessing.toFixed(3)})`,
    ...sayWhy(evidence),
  }
}

function knowsOnlyTheLargest(evidence: Evidence): Verdict | null {
  const accuracy = evidence.trainAccuracy.at(-1) ?? Number.NaN
  const rows = evidence.labels?.train.length ?? evidence.trainRows ?? Number.NaN
  const largest = shareOfLargest(evidence)
  if (!(accuracy <= largest + majorityErrors * standardError(largest, rows))) return null
  return {
    name: 'not-learning',
    test: 'training accuracy within two standard errors of the share of the largest class',
    numbers: { accuracy, largest },
    saw:
      `After ${counted(evidence.epochs.length, 'epoch')} the training accuracy is ${formatPercent(accuracy)}, no more than ` +
      `always naming the largest class would give (${formatPercent(largest)})`,
    ...sayWhy(evidence),
  }
}

/** Without labels the classes are taken to be equally common. NaN where not even their number is known. */
function shareOfLargest({ labels, classes = Number.NaN }: Evidence): number {
  if (!labels || labels.train.length === 0) return 1 / classes
  const known = Array.from(labels.train).reduce((most, label) => Math.max(most, label), 0) + 1
  return Math.max(...countClasses(labels.train, known)) / labels.train.length
}
