import { unknownName } from '../base/nearest.js'
import type { Recorder, Value } from '../engine/ops/op.js'
import { knownName } from './names.js'

export type LossName = 'categoricalCrossentropy' | 'sparseCategoricalCrossentropy' | 'meanSquaredError'

/** What training makes smaller. */
export interface Loss {
  readonly name: LossName
  /**
   * Records the loss of each row `[N]`. `logits` is what went into the softmax that made `prediction`; null when
   * the prediction does not come from a softmax. Labels have already become rows of numbers like the prediction.
   */
  record(recorder: Recorder, prediction: Value, logits: Value | null, target: Value): Value
}

/** From the logits where there are any: nothing is clipped then, and the gradient is exactly p - target. */
const crossEntropy: Loss['record'] = (recorder, prediction, logits, target) =>
  logits
    ? recorder.apply('softmaxCrossEntropy', {}, [logits, target])
    : recorder.apply('crossEntropy', {}, [prediction, target])

const losses: Readonly<Record<LossName, Loss['record']>> = {
  categoricalCrossentropy: crossEntropy,
  // The same sum: class numbers become rows with a single one when a batch is made.
  sparseCategoricalCrossentropy: crossEntropy,
  meanSquaredError: (recorder, prediction, _logits, target) =>
    recorder.apply('squaredError', {}, [prediction, target]),
}

/** Names Keras has for the same. */
const shortNames: ReadonlyMap<string, LossName> = new Map([['mse', 'meanSquaredError']])

export const lossNames = Object.keys(losses) as LossName[]

/** The loss of that name; `categorical_crossentropy` and `mse` are understood, for other names the nearest is offered. */
export function lossFromName(name: string): Loss {
  const known = shortNames.get(name) ?? knownName(name, lossNames)
  if (known === undefined) throw unknownName('loss', name, lossNames)
  return { name: known, record: losses[known] }
}
