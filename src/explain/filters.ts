import { OptionError } from '../base/errors.js'
import { formatShape } from '../base/shape.js'
import type { LayerCall } from '../nn/calls.js'
import { convolutionsOf, filtersShape, kernelOf } from '../nn/convolutions.js'
import type { Network } from '../nn/network.js'
import type { Model } from '../train/model.js'
import type { PicturePixels } from './picture-pixels.js'
import { extremes } from './tones.js'

/** One filter of the first convolution. */
export interface ShownFilter {
  /** Red, green, blue for filters over colours, else grey; null where the first weights are not known. */
  readonly before: PicturePixels | null
  readonly after: PicturePixels
  /** How far training moved it: ‖after − before‖ / ‖before‖. Null where that is not known. */
  readonly moved: number | null
}

/** The filters of the first convolution, before and after training, all on one scale. */
export interface FirstFilters {
  readonly layer: string
  /** [R, S, C, K]: height, width and channels of a filter, and how many there are. Depthwise filters have one channel. */
  readonly shape: readonly [R: number, S: number, C: number, K: number]
  /** The largest magnitude of all weights shown: −scale is black, 0 mid grey, scale white, in each channel. */
  readonly scale: number
  /** What the tones mean, for whoever looks at the pictures. */
  readonly sentence: string
  readonly filters: readonly ShownFilter[]
}

/**
 * The filters of the first convolution as pictures.
 *
 * @param before the same network before training; null or left out where its weights are not known
 * @throws OptionError for a network without convolution, and where the first has neither 1 nor 3 channels to look at
 */
export function firstFilters(
  model: Model,
  { before = null }: { readonly before?: Model | null } = {},
): FirstFilters {
  const call = firstConvolution(model.network)
  const { name } = kernelOf(call)!
  const kernels = [before?.getWeights().get(name) ?? null, model.getWeights().get(name)!] as const
  const shape = filtersShape(call) as FirstFilters['shape']
  const channels = pictureChannels(call, shape)
  const scale = Math.max(...kernels.map(kernel => (kernel ? largestMagnitude(kernel.data) : 0)))
  const filters = Array.from({ length: shape[3] }, (_, filter) => {
    const [first, last] = kernels.map(kernel => kernel && filterOf(kernel.data, shape, filter))
    const picture = (values: Float32Array) => pictureOf(values, shape, channels, scale)
    return {
      before: first ? picture(first) : null,
      after: picture(last!),
      moved: first ? distance(first, last!) : null,
    }
  })
  return { layer: call.name, shape, scale, sentence: scaleSentence(scale, channels), filters }
}

/** The first convolution of a network. */
export function firstConvolution(network: Network): LayerCall {
  const [first] = convolutionsOf(network)
  if (first) return first
  throw new OptionError(
    `"${network.name}" has no convolution, so there are no filters to look at.`,
    'Take a network with a conv2d layer, for example "fovea train shapes --model small".',
  )
}

function pictureChannels({ name }: LayerCall, shape: FirstFilters['shape']): 1 | 3 {
  const channels = shape[2]
  if (channels === 1 || channels === 3) return channels
  throw new OptionError(
    `The filters of "${name}" are ${formatShape(shape)}: with ${channels} channels they are no pictures.`,
    'Filters over 1 channel (grey) or 3 (red, green, blue) can be shown.',
  )
}

/** The numbers of one filter [R, S, C] of a kernel [R, S, C, K]. */
function filterOf(data: Float32Array, [, , , K]: FirstFilters['shape'], filter: number): Float32Array {
  return Float32Array.from({ length: data.length / K }, (_, i) => data[i * K + filter]!)
}

function pictureOf(
  values: Float32Array,
  [height, width]: FirstFilters['shape'],
  channels: 1 | 3,
  scale: number,
): PicturePixels {
  const tone = (value: number) => Math.round(127.5 * (1 + (scale > 0 ? value / scale : 0)))
  return { width, height, channels, data: Uint8Array.from(values, tone) }
}

const distance = (first: Float32Array, last: Float32Array): number =>
  norm(last.map((value, i) => value - first[i]!)) / norm(first)

const norm = (values: Float32Array): number =>
  Math.sqrt(values.reduce((sum, value) => sum + value * value, 0))

function largestMagnitude(values: Float32Array): number {
  const [low, high] = extremes(values)
  return Math.max(-low, high)
}

function scaleSentence(scale: number, channels: 1 | 3): string {
  const end = Number(scale.toPrecision(2))
  const where = channels === 3 ? ' in red, green and blue' : ''
  return `One scale for all: a weight of 0 is mid grey, −${end} is dark and +${end} is bright${where}.`
}
