import { OptionError } from '../base/errors.js'
import { formatCount, formatPercent } from '../base/format.js'
import type { Shape } from '../base/shape.js'
import { Tensor } from '../base/tensor.js'
import type { LayerCall } from '../nn/calls.js'
import { callNamed, computingCalls } from '../train/activations.js'
import type { Model } from '../train/model.js'
import { type PicturePixels, picturePixels } from './picture-pixels.js'
import { readableUnit } from './readable-unit.js'
import { type ToneRule, type Tones, toTones } from './tones.js'

export interface FeatureMapOptions {
  /** The same network before training; null or left out where its weights are not known. */
  readonly before?: Model | null
  /** Default: every layer that makes a picture or has weights, but the last. */
  readonly layers?: readonly string[]
  /** How numbers become tones. Default: shift, one for each layer. */
  readonly tones?: ToneRule
  /** Grey levels that one stands for, where numbers are shifted. Default: for each layer a round number that lets it be seen. */
  readonly unit?: number
  readonly threads?: number
}

/** The maps of a layer, made visible. */
export interface ShownMaps {
  /** One byte for each number, [h, w, K]; and what was done to them, with a sentence. */
  readonly tones: Tones
  /** Grey levels that one stands for; null where a layer's ends are black and white. */
  readonly unit: number | null
  /** What was done to them, in a few words: `One is 500 grey levels. Shifted by 118; 0.4 % cut off.` */
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
  { before = null, layers, tones = 'shift', unit, threads }: FeatureMapOptions = {},
): Promise<FeatureMaps> {
  const x = onePicture('featureMaps', picture)
  const computing = computingCalls(model.network)
  const calls = layers?.map(name => callNamed(computing, name)) ?? visibleCalls(model)
  const options = { layers: calls.map(({ name }) => name), ...(threads !== undefined && { threads }) }
  const [first, last] = [await before?.activations(x, options), await model.activations(x, options)]
  const show = ({ data }: Tensor<Float32Array>, [, , maps]: LayerMaps['grid']): ShownMaps => {
    const levels = tones === 'shift' ? (unit ?? readableUnit(data)) : null
    const shown = toTones(data, { how: tones, ...(levels !== null && { unit: levels }) })
    return { tones: shown, unit: levels, note: noteOn(shown, levels), ...factsOf(data, maps) }
  }
  return {
    picture: picturePixels(x),
    sentence: commonSentence(tones, unit),
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

function commonSentence(rule: ToneRule, unit: number | undefined): string {
  if (rule !== 'shift') return 'Every layer has a scale of its own.'
  if (unit !== undefined) return `In every layer one is ${formatCount(unit)} grey levels.`
  return 'How many grey levels one stands for is chosen for each layer, so that it can be seen.'
}

/** Shares are easier to compare than counts. */
function noteOn({ bytes, shift, cutBelow, cutAbove, sentence }: Tones, unit: number | null): string {
  if (unit === null) return sentence
  const cut = (cutBelow + cutAbove) / bytes.length
  const rest = cut === 0 ? 'nothing cut off' : `${percent(cut)} cut off`
  return `One is ${formatCount(unit)} grey levels. ${shift === 0 ? 'Not shifted' : `Shifted by ${shift}`}; ${rest}.`
}

const percent = (share: number): string => (share < 0.0005 ? 'less than 0.1 %' : formatPercent(share))

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
