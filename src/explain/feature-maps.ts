import { OptionError } from '../base/errors.js'
import type { Shape } from '../base/shape.js'
import { Tensor } from '../base/tensor.js'
import type { LayerCall } from '../nn/calls.js'
import { callNamed, computingCalls } from '../train/activations.js'
import type { Model } from '../train/model.js'
import { type PicturePixels, picturePixels } from './picture-pixels.js'
import { type ToneRule, type Tones, toTones } from './tones.js'

export interface FeatureMapOptions {
  /** The same network before training; null or left out where its weights are not known. */
  readonly before?: Model | null
  /** Default: every layer that makes a picture or has weights, but the last. */
  readonly layers?: readonly string[]
  /** How numbers become tones. Default: shift, one for each layer. */
  readonly tones?: ToneRule
  readonly threads?: number
}

/** The maps of a layer, made visible. */
export interface ShownMaps {
  /** One byte for each number, [h, w, K]; and what was done to them, with a sentence. */
  readonly tones: Tones
  /** What was done to them, in a few words: `Shifted by 118; 0.4 % cut off.` */
  readonly note: string
  /** The smallest and the largest number. */
  readonly range: readonly [low: number, high: number]
  /** The maps that are 0 everywhere on this picture. */
  readonly silent: readonly number[]
}

/** What one layer makes of one picture. */
export interface LayerMaps {
  readonly layer: string
  /** Keras' class name: `Conv2D`. */
  readonly className: string
  /** Of its output: [h, w, K], or [units] of a dense layer. */
  readonly shape: Shape
  /** [h, w, K]: a dense layer's units are maps of 1×1. */
  readonly grid: readonly [height: number, width: number, maps: number]
  /** Null where the first weights are not known. */
  readonly before: ShownMaps | null
  readonly after: ShownMaps
}

/** The picture and what every layer makes of it. */
export interface FeatureMaps {
  /** The picture, to look at. */
  readonly picture: PicturePixels
  /** Grey levels that one stands for: 255 for a network that sees -0.5 … 0.5. */
  readonly unit: number
  /** What the tones of all layers have in common. */
  readonly sentence: string
  readonly layers: readonly LayerMaps[]
}

/**
 * What every layer makes of one picture, made visible.
 *
 * @param picture [H, W, C] or [1, H, W, C], scaled as for training
 * @throws OptionError for a layer nobody knows, and for more than one picture
 */
export async function featureMaps(
  model: Model,
  picture: Tensor,
  { before = null, layers, tones, threads }: FeatureMapOptions = {},
): Promise<FeatureMaps> {
  const x = onePicture('featureMaps', picture)
  const computing = computingCalls(model.network)
  const calls = layers?.map(name => callNamed(computing, name)) ?? visibleCalls(model)
  const options = { layers: calls.map(({ name }) => name), ...(threads !== undefined && { threads }) }
  const [first, last] = [await before?.activations(x, options), await model.activations(x, options)]
  const unit = unitOf(x)
  const show = ({ data }: Tensor<Float32Array>, [, , maps]: LayerMaps['grid']): ShownMaps => {
    const shown = toTones(data, { unit, ...(tones && { how: tones }) })
    return { tones: shown, note: noteOn(shown), ...factsOf(data, maps) }
  }
  return {
    picture: picturePixels(x),
    unit,
    sentence: commonSentence(unit, tones),
    layers: calls.map(({ name, layer, outputShape }) => {
      const grid = gridOf(outputShape)
      return {
        layer: name,
        className: layer.className,
        shape: outputShape,
        grid,
        before: first ? show(first.get(name)!, grid) : null,
        after: show(last.get(name)!, grid),
      }
    }),
  }
}

const commonSentence = (unit: number, rule: ToneRule = 'shift'): string =>
  rule === 'shift'
    ? `One in a layer's numbers is ${unit} grey levels, as in the picture.`
    : 'Every layer has a scale of its own.'

/** The unit is said once for all layers, and shares are easier to compare than counts. */
function noteOn({ bytes, how, shift, cutBelow, cutAbove, sentence }: Tones): string {
  if (how !== 'shift') return sentence
  const cut = (cutBelow + cutAbove) / bytes.length
  const rest = cut === 0 ? 'nothing cut off' : `${percent(cut)} cut off`
  return `${shift === 0 ? 'Not shifted' : `Shifted by ${shift}`}; ${rest}.`
}

const percent = (share: number): string =>
  share < 0.0005 ? 'less than 0.1 %' : `${(100 * share).toFixed(1)} %`

/** A picture with a batch axis; several, or something else, are refused. */
export function onePicture(who: string, picture: Tensor): Tensor {
  const { data, shape, scaling } = picture
  const x = shape.length === 3 ? new Tensor(data, [1, ...shape], scaling) : picture
  if (x.shape.length === 4 && x.rows === 1) return x
  throw new OptionError(
    `${who}: one picture was expected, [H, W, C] or [1, H, W, C], but [${shape.join(', ')}] came.`,
    'Take one of several: x.slice(0, 1).',
  )
}

/** Layers that make a picture, or have weights. Dropout changes nothing here, and the last layer's numbers are shares. */
const visibleCalls = ({ network }: Model): readonly LayerCall[] =>
  computingCalls(network).filter(
    (call, i, calls) =>
      i < calls.length - 1 &&
      call.layer.className !== 'Dropout' &&
      (call.outputShape.length === 3 || call.weights.length > 0),
  )

/** A byte's step is 1 / 255 where a network sees -0.5 … 0.5; numbers that were no bytes are taken for such. */
const unitOf = ({ data, scaling: { scale } }: Tensor): number =>
  data instanceof Uint8Array ? Number((1 / scale).toPrecision(12)) : 255

function gridOf(shape: Shape): LayerMaps['grid'] {
  const [height, width, maps] = shape
  return shape.length === 3
    ? [height!, width!, maps!]
    : [1, 1, shape.reduce((product, length) => product * length, 1)]
}

/** Range, and which of `count` maps are 0 everywhere; `values` are [h, w, count]. */
function factsOf(values: Float32Array, count: number): Pick<ShownMaps, 'range' | 'silent'> {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  const heard = new Uint8Array(count)
  values.forEach((value, i) => {
    if (value < low) low = value
    if (value > high) high = value
    if (value !== 0) heard[i % count] = 1
  })
  return { range: [low, high], silent: Array.from(heard.keys()).filter(map => heard[map] === 0) }
}
