import { windowLength } from '../onset.js'
import type { Check, Evidence } from '../verdict.js'
import { nth, percentWithError, say } from '../words.js'

/** Without a validation part nobody can tell memorising from learning. */
export const noValidation: Check = ({ trainLoss, epochs, valLoss }) =>
  valLoss.some(Number.isFinite)
    ? null
    : {
        name: 'no-validation',
        test: 'there is a validation loss',
        numbers: {},
        saw:
          epochs.length === 0
            ? 'No epoch is finished, so there is nothing to tell yet'
            : `The training loss is ${say(trainLoss.at(-1))} after epoch ${nth(epochs.at(-1)!)}; whether ` +
              'the network overfits cannot be told',
        cause: 'there is no validation part',
        advice:
          'train with validationSplit: 0.1 (--validation-split 0.1), which measures every epoch on pictures it never trains on',
      }

/** Of a training with a validation part. */
export const oneEpoch: Check = ({ epochs, valLoss, trainLoss }) =>
  epochs.length !== 1
    ? null
    : {
        name: 'one-epoch',
        test: 'there are at least two epochs',
        numbers: { train: trainLoss[0] ?? Number.NaN, validation: valLoss[0]! },
        saw: `One epoch is finished (training loss ${say(trainLoss[0])}, validation loss ${say(valLoss[0]!)}), which says nothing of where the curves go`,
        cause: 'training has only begun',
        advice: `train for at least ${windowLength(1) + 2} epochs`,
      }

/** Nothing is wrong: says how far training has come. */
export const noOverfitting = (evidence: Evidence) => {
  const { epochs, trainLoss, valLoss, best } = evidence
  const validation = valLoss[valLoss.findLastIndex(Number.isFinite)]!
  return {
    name: 'no-overfitting' as const,
    test: 'none of the other tests holds',
    numbers: {
      train: trainLoss.at(-1) ?? Number.NaN,
      validation,
      ...(best.valLoss && { best: best.valLoss.value }),
    },
    saw:
      `There is no sign of overfitting: after epoch ${nth(epochs.at(-1)!)} the training loss is ` +
      `${say(trainLoss.at(-1))}, the validation loss ${say(validation)}${sinceBest(evidence)}`,
    ...whatNow(evidence),
  }
}

function sinceBest({ best, epochs }: Evidence): string {
  if (!best.valLoss) return ''
  return best.valLoss.epoch === epochs.at(-1)
    ? ', its lowest so far'
    : `, at its lowest in epoch ${nth(best.valLoss.epoch)} (${say(best.valLoss.value)})`
}

function whatNow({ best, epochs, valAccuracy, errors }: Evidence) {
  const fresh = best.valLoss !== null && best.valLoss.epoch === epochs.at(-1)
  const place = best.valAccuracy ? epochs.indexOf(best.valAccuracy.epoch) : -1
  const accuracy =
    place < 0
      ? ''
      : `the best validation accuracy is ${percentWithError(valAccuracy[place]!, errors.valAccuracy[place] ?? null)} in epoch ${nth(epochs[place]!)}`
  return {
    cause: accuracy,
    advice: fresh ? 'train longer: it may still improve' : 'more epochs alone will hardly help',
  }
}
