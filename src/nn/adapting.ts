import { OptionError } from '../base/errors.js'
import type { LayerCall, NetworkWeight } from './calls.js'

/** The layers that compute weights from data before training, each behind those it depends on. */
export const adaptingCalls = (calls: readonly LayerCall[]): readonly LayerCall[] =>
  calls.filter(call => call.layer.adapt !== undefined)

/** The weights that stay zeros until the layer has seen data. */
export const adaptedWeights = (call: LayerCall): readonly NetworkWeight[] =>
  call.weights.filter(({ spec }) => spec.adapted)

/** Refuses a layer that must see data before training behind layers which training changes: it would see other data later. */
export function checkAdapting(calls: readonly LayerCall[]): void {
  for (const call of adaptingCalls(calls)) {
    const before = changingBefore(call, calls)
    if (before)
      throw new OptionError(
        `${call.layer.who} computes its weights from the data before training, but training changes what ${before.layer.className} "${before.name}" in front of it makes of them.`,
        'Put it directly behind the input, or behind layers without weights that training changes.',
      )
  }
}

/** A layer between the input and `call` whose weights training changes. */
function changingBefore(call: LayerCall, calls: readonly LayerCall[]): LayerCall | undefined {
  for (const place of call.inputs) {
    const before = calls[place]!
    const found = changes(before) ? before : changingBefore(before, calls)
    if (found) return found
  }
  return undefined
}

/** Whether training changes a weight, by gradients or as a moving statistic. */
const changes = ({ layer, weights }: LayerCall): boolean =>
  layer.options.trainable !== false && weights.some(({ spec }) => !spec.adapted)
