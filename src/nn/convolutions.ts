import type { LayerCall } from './calls.js'
import type { Network } from './network.js'

/** The layers with a kernel [R, S, C, K]: those whose output is a picture of what their filters found. */
export const convolutionsOf = (network: Network): readonly LayerCall[] =>
  network.calls.filter(call => kernelOf(call) !== undefined)

/** The kernel [R, S, C, K] of a convolution; undefined for other layers. */
export const kernelOf = (call: LayerCall) => call.weights.find(({ spec }) => spec.shape.length === 4)

/** Layers behind which each of a convolution's numbers is still in its place. */
const inPlace: readonly string[] = [
  'Activation',
  'BatchNormalization',
  'GroupNormalization',
  'LayerNormalization',
]

/**
 * Where the maps of the last convolution are ready: behind the normalization and the activation that follow it as layers of
 * their own, where there are such. Null for a network without convolution.
 */
export function lastConvolutionOutput(network: Network): LayerCall | null {
  let call = convolutionsOf(network).at(-1)
  if (!call) return null
  for (let next = onlyReader(network, call); next; next = onlyReader(network, call)) {
    if (!inPlace.includes(next.layer.className)) break
    call = next
  }
  return call
}

/** The only layer that reads a call's output; undefined where there are several or none. */
function onlyReader({ calls }: Network, call: LayerCall): LayerCall | undefined {
  const readers = calls.filter(({ inputs }) => inputs.includes(calls.indexOf(call)))
  return readers.length === 1 ? readers[0] : undefined
}
