import { OptionError } from '../base/errors.js'
import { unknownName } from '../base/nearest.js'
import type { Recorder, Value } from '../engine/ops/op.js'
import { knownName } from './names.js'
import { show } from './options/resolve.js'

/** A number beside the loss that people look at; its mean over all rows is shown. */
export interface Metric {
  /** Its name in logs and history: `accuracy`, `top_5`. */
  readonly key: string
  /** Records the metric of each row `[N]`; target has the prediction's shape. */
  record(recorder: Recorder, prediction: Value, target: Value): Value
}

/** Share of rows whose largest prediction is the right class; the history's key is `accuracy`. */
export const accuracy = (): Metric => ({ key: 'accuracy', record: inTop(1) })

/** Share of rows whose right class is among the `k` largest predictions (default 5); key `top_5`. */
export function topK({ k = 5 }: { readonly k?: number } = {}): Metric {
  if (!Number.isSafeInteger(k) || k < 1)
    throw new OptionError(
      `topK: k must be a positive integer, but ${show(k)} came.`,
      'For example topK({ k: 5 }).',
    )
  return { key: `top_${k}`, record: inTop(k) }
}

/** Keras' names for `accuracy`: which labels came is seen from them. */
const accuracyNames = ['accuracy', 'acc', 'categoricalAccuracy', 'sparseCategoricalAccuracy']

/** The metric of that key: `accuracy`, `acc`, `top_5`, in any spelling; for other names the nearest is offered. */
export function metricFromName(name: string): Metric {
  if (knownName(name, accuracyNames) !== undefined) return accuracy()
  const k = /^top_?(\d+)$/i.exec(name)?.[1]
  if (k === undefined) throw unknownName('metric', name, ['accuracy', 'top_5'])
  return topK({ k: Number(k) })
}

const inTop =
  (k: number): Metric['record'] =>
  (recorder, prediction, target) =>
    recorder.apply('topK', { k }, [prediction, target])
