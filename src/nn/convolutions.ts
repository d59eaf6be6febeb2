import type { Shape } from '../base/shape.js'
import type { LayerCall } from './calls.js'
import type { Network } from './network.js'

/** The layers with a kernel of four axes: those whose output is a picture of what their filters found. */
export const convolutionsOf = (network: Network): readonly LayerCall[] =>
  network.calls.filter(call => kernelOf(call) !== undefined)

/**
 * The kernel [R, S, C, K] of a convolution, or [R, S, C, D] of a depthwise one, which of a separable one is the first; undefined
 * for other layers.
 */
export const kernelOf = (call: LayerCall) => call.weights.find(({ spec }) => spec.shape.length === 4)

/** Whether each filter sees one channel only. */
export const isDepthwise = ({ layer }: LayerCall): boolean =>
  layer.className === 'DepthwiseConv2D' || layer.className === 'SeparableConv2D'

/** A convolution's kernel as filters [R, S, channels that each sees, filters]; the numbers lie the same. */
export function filtersShape(call: LayerCall): Shape {
  const [R, S, C, K] = kernelOf(call)!.spec.shape as readonly [number, number, number, number]
  return isDepthwise(call) ? [R, S, 1, C * K] : [R, S, C, K]
}

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
