import { formatPercent } from '../../../base/format.js'
import { median, placeOfLowest } from '../statistics.js'
import { epochsToOscillate, explodedLoss, swing, turningShare } from '../thresholds.js'
import type { Check, Evidence, Verdict } from '../verdict.js'
import { nth, say } from '../words.js'
import { smallerRate } from './diverged.js'

/** The training loss exploded in an epoch, rose and did not come back, or jumps up and down. */
export const rateTooHigh: Check = evidence =>
  exploded(evidence) ?? roseForGood(evidence) ?? oscillates(evidence)

const sayWhy = ({ learningRate }: Evidence) => ({
  cause: 'the learning rate is too high',
  advice: `try ${smallerRate(learningRate)}`,
})

/** First weights guess; a loss far above that can only have risen. */
function exploded(evidence: Evidence): Verdict | null {
  const { trainLoss, classes, epochs } = evidence
  const guessing = Math.log(classes ?? Number.NaN)
  const place = trainLoss.findIndex(loss => loss > explodedLoss * guessing)
  if (place < 0) return null
  return {
    name: 'rate-too-high',
    test: 'training loss of an epoch above twice ln(classes)',
    numbers: { loss: trainLoss[place]!, guessing, epoch: epochs[place]! },
    saw:
      `In epoch ${nth(epochs[place]!)} the training loss was ${say(trainLoss[place]!)}, far above what guessing costs ` +
      `(ln ${classes} = ${guessing.toFixed(3)})`,
    ...sayWhy(evidence),
  }
}

/** A rise that training has made good again is no reason to change anything. */
function roseForGood(evidence: Evidence): Verdict | null {
  const { trainLoss, epochs } = evidence
  const place = placeOfLowest(trainLoss)
  const [lowest, last] = [trainLoss[place] ?? Number.NaN, trainLoss.at(-1) ?? Number.NaN]
  if (!(last - lowest > swing * Math.max(lowest, extent(trainLoss)))) return null
  return {
    name: 'rate-too-high',
    test: 'training loss at the end more than 10 % above its lowest, and more than 10 % of all it moved through',
    numbers: { lowest, last, epoch: epochs[place]! },
    saw: `The training loss rose from ${say(lowest)} in epoch ${nth(epochs[place]!)} to ${say(last)} at the end`,
    ...sayWhy(evidence),
  }
}

function oscillates(evidence: Evidence): Verdict | null {
  const { trainLoss } = evidence
  if (trainLoss.length < epochsToOscillate) return null
  const steps = trainLoss.slice(1).map((loss, i) => loss - trainLoss[i]!)
  const turns = steps.slice(1).filter((step, i) => step * steps[i]! < 0).length / (steps.length - 1)
  const amplitude = median(steps.map(Math.abs))
  const middle = median(trainLoss)
  if (!(turns > turningShare && amplitude > swing * Math.max(middle, extent(trainLoss)))) return null
  return {
    name: 'rate-too-high',
    test: 'the training loss turns in more than 60 % of the epochs, by more than 10 % of it',
    numbers: { turns, amplitude, middle },
    saw:
      `The training loss jumps up and down: it turned in ${formatPercent(turns)} of the epochs, by ${say(amplitude)} around ` +
      `${say(middle)}`,
    ...sayWhy(evidence),
  }
}

const extent = (values: readonly number[]): number => Math.max(...values) - Math.min(...values)
