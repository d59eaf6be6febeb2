import type { Check, Evidence } from '../verdict.js'
import { nth, say } from '../words.js'

/** The first loss that is not a number, or training that ended with one. */
export const diverged: Check = evidence => {
  const place = firstNotFinite(evidence)
  if (place < 0 && evidence.diverged === undefined) return null
  const epoch = place < 0 ? evidence.epochs.length : evidence.epochs[place]!
  return {
    name: 'diverged',
    test: 'the first loss that is NaN or infinite',
    numbers: { epoch },
    saw: evidence.diverged
      ? `Training ended because a number was no longer finite: ${firstSentence(evidence.diverged)}`
      : `The loss was no longer a number in epoch ${nth(epoch)}`,
    cause: 'the learning rate is too high, or the pictures are not scaled to about -1 … 1',
    advice: `try ${smallerRate(evidence.learningRate)}, and look at the pictures' scaling`,
  }
}

const firstNotFinite = ({ epochs, trainLoss, valLoss }: Evidence): number =>
  epochs.findIndex((_, i) => [trainLoss[i], valLoss[i]].some(v => v !== undefined && !Number.isFinite(v)))

/** A message's advice stands on a line of its own, and we give our own. */
const firstSentence = (message: string): string => message.split('\n')[0]!.replace(/\.$/, '')

/** `a learning rate of 0.001, a tenth of what it was` */
export const smallerRate = (rate: number | undefined): string =>
  rate === undefined
    ? 'a tenth of the learning rate'
    : `a learning rate of ${say(rate / 10)}, a tenth of what it was`
