import { median, placeOfLowest } from '../statistics.js'
import { epochsToOscillate, swing, turningShare } from '../thresholds.js'
import type { Check, Evidence, Verdict } from '../verdict.js'
import { nth, percent, say } from '../words.js'
import { smallerRate } from './diverged.js'

/** The training loss rose and did not come back, or it jumps up and down. */
export const rateTooHigh: Check = evidence => roseForGood(evidence) ?? oscillates(evidence)

const sayWhy = ({ learningRate }: Evidence) => ({
  cause: 'the learning rate is too high',
  advice: `try ${smallerRate(learningRate)}`,
})

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
      `The training loss jumps up and down: it turned in ${percent(turns)} of the epochs, by ${say(amplitude)} around ` +
      `${say(middle)}`,
    ...sayWhy(evidence),
  }
}

const extent = (values: readonly number[]): number => Math.max(...values) - Math.min(...values)
