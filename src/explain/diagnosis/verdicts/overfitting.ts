import { formatPercent } from '../../../base/format.js'
import type { LayerShare } from '../input.js'
import { mostParameters, significantZ } from '../thresholds.js'
import type { Check, Evidence } from '../verdict.js'
import { nth, percentWithError, say } from '../words.js'

/** The training loss keeps falling while the validation loss rises. */
export const overfitting: Check = evidence => {
  const { rise, epochs, trainLoss, smoothed } = evidence
  if (!rise || rise.place === null) return null
  const [from, to] = [rise.place, rise.end]
  const change = 100 * (smoothed[to]! / smoothed[from]! - 1)
  return {
    name: 'overfitting',
    test: 'the smoothed validation loss ends above its lowest by a margin, for k epochs, while the training loss falls',
    numbers: {
      epoch: epochs[from]!,
      trainFrom: trainLoss[from]!,
      trainTo: trainLoss[to]!,
      validationFrom: smoothed[from]!,
      validationTo: smoothed[to]!,
      change,
      ...(rise.z !== null && { z: rise.z }),
    },
    saw:
      `From epoch ${nth(epochs[from]!)} the training loss keeps falling (${say(trainLoss[from]!)} → ` +
      `${say(trainLoss[to]!)}) while the validation loss rises (${say(smoothed[from]!)} → ${say(smoothed[to]!)}, ` +
      `+${change.toFixed(0)} %${sayZ(evidence)})`,
    cause: `${rise.strength} overfitting, the network has begun to memorise its training pictures`,
    advice: `${bestEpoch(evidence)}try ${remedies(evidence)}`,
  }
}

function sayZ({ rise }: Evidence): string {
  const z = rise?.z ?? null
  if (z === null) return ''
  const size = Number.isFinite(z) ? `${z.toFixed(z < 10 ? 1 : 0)} standard errors` : 'all pictures alike'
  return z > significantZ ? `, ${size}` : `, ${size}: not significant yet`
}

/** Where the network keeps most of what it could memorise is known: there dropout does most. */
function remedies({ costs = [] }: Evidence): string {
  const place = costs.findIndex(({ share }) => share > mostParameters)
  if (place < 0) return 'dropout before the last dense layers, flipped and shifted pictures, or more of them'
  const { name, className, share } = costs[place]!
  const dropout = dropsBefore(costs, place) ? 'more dropout than there is' : 'dropout 0.3'
  return `${dropout} before the ${className} layer "${name}" (${formatPercent(share)} of the parameters are there), or flipped and shifted pictures`
}

/** Whether numbers are dropped between that layer and the one with parameters before it. */
function dropsBefore(costs: readonly LayerShare[], place: number): boolean {
  const weighted = costs.slice(0, place).findLastIndex(({ share }) => share > 0)
  return costs.slice(weighted + 1, place).some(({ className }) => className.includes('Dropout'))
}

/** `the weights of epoch 8 (validation accuracy 70.4 % ± 0.5) are kept; ` */
function bestEpoch({ best, epochs, valAccuracy, errors }: Evidence): string {
  if (!best.valLoss) return ''
  const place = epochs.indexOf(best.valLoss.epoch)
  const accuracy = valAccuracy[place]
  const share =
    accuracy === undefined || Number.isNaN(accuracy)
      ? ''
      : ` (validation accuracy ${percentWithError(accuracy, errors.valAccuracy[place] ?? null)})`
  // Fit keeps them in the model, for `restoreBest`; a run in its folder.
  return `the weights of epoch ${nth(best.valLoss.epoch)}${share} are kept; `
}
