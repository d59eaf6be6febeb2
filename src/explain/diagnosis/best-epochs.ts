import type { Facts } from './input.js'
import { placeOfLowest } from './statistics.js'

/** An epoch (from 0) and the value it stands out by. */
export interface MarkedEpoch {
  readonly epoch: number
  readonly value: number
}

/** Where each curve is at its best; of equals the earliest. Null without a validation part. */
export interface BestEpochs {
  readonly valLoss: MarkedEpoch | null
  readonly valAccuracy: MarkedEpoch | null
}

/** What early stopping on the validation loss would have done. */
export interface EarlyStopping {
  readonly patience: number
  /** The epoch after which training would have ended; null where it would have gone on to the end. */
  readonly stopped: number | null
  /** The epoch whose weights would have been kept; null without a validation part. */
  readonly kept: number | null
}

export const bestEpochs = ({ epochs, valLoss, valAccuracy }: Facts): BestEpochs => ({
  valLoss: marked(epochs, valLoss, placeOfLowest(valLoss)),
  valAccuracy: marked(epochs, valAccuracy, placeOfLowest(valAccuracy.map(value => -value))),
})

const marked = (epochs: readonly number[], values: readonly number[], place: number): MarkedEpoch | null =>
  place < 0 ? null : { epoch: epochs[place]!, value: values[place]! }

/**
 * Keras' EarlyStopping without a margin: an epoch that does not beat the best adds one to the wait, and training ends
 * when the wait reaches the patience, not before the second epoch. A loss that is not a number beats nothing.
 */
export function earlyStopping({ epochs, valLoss, patience }: Facts): EarlyStopping {
  let best = -1
  let wait = 0
  for (const [i, value] of valLoss.entries()) {
    const improved = best < 0 ? Number.isFinite(value) : value < valLoss[best]!
    if (improved) best = i
    wait = improved ? 0 : wait + 1
    if (!improved && wait >= patience && i > 0)
      return { patience, stopped: epochs[i]!, kept: epochs[best] ?? null }
  }
  return { patience, stopped: null, kept: epochs[best] ?? null }
}
