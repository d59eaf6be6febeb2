import type { Tensor } from '../base/tensor.js'
import { resizeValues } from '../data/resize.js'
import type { Attention } from '../train/attention.js'
import type { Model } from '../train/model.js'
import { classMap, type FocusMethod, type ValueMap } from './class-map.js'
import { onePicture } from './feature-maps.js'
import { repeatRow } from './repeat-row.js'

export interface FocusOptions {
  /** Classes to look into, from 0. Default: the three likeliest. */
  readonly classes?: readonly number[]
  /** What classes are called. Default: `class 0`, `class 1`, … */
  readonly classNames?: readonly string[]
  /** A layer whose output is a picture. Default: the last convolution, with its normalization and activation. */
  readonly layer?: string
  /** Default: hirescam. */
  readonly method?: FocusMethod
  readonly threads?: number
}

/** Where a network looks for one class in one picture. */
export interface Focus {
  readonly layer: string
  readonly method: FocusMethod
  readonly label: number
  readonly className: string
  /** What the network says of the class: a probability where it ends in a softmax. */
  readonly probability: number
  /** The score that was looked into: before the softmax, where there is one. */
  readonly score: number
  /** In the size of the layer. */
  readonly map: ValueMap
  /** In the size of the picture, by bilinear interpolation. */
  readonly enlarged: ValueMap
  /** Where what speaks for the class has its centre; null where nothing does. */
  readonly centre: Place | null
  /** Where the map is highest; null where nothing speaks for the class. */
  readonly peak: Place | null
  /** The peak in words: `in the upper left`; null where nothing speaks for the class. */
  readonly place: string | null
  /** The smallest part of the picture that holds half of what speaks for the class; null where nothing does. */
  readonly half: HalfOfFocus | null
}

/** A place in a picture, in shares of its width and height. */
export interface Place {
  readonly x: number
  readonly y: number
}

/** All places of the enlarged map where it is at least `level`. */
export interface HalfOfFocus {
  readonly level: number
  /** Of all places. */
  readonly share: number
}

const likeliestShown = 3

/**
 * Where a network looks in one picture, for one class or several.
 *
 * @param picture [H, W, C] or [1, H, W, C], scaled as for training
 * @throws OptionError where there is nothing to see: a network without convolution, a layer whose output is no picture
 */
export async function focus(
  model: Model,
  picture: Tensor,
  { classes, classNames, layer, method = 'hirescam', threads }: FocusOptions = {},
): Promise<Focus[]> {
  const x = onePicture('focus', picture)
  const at = { ...(layer !== undefined && { layer }), ...(threads !== undefined && { threads }) }
  // Any class will do where only the scores are wanted: they tell apart what probabilities of 1 and 0 do not.
  const wanted = classes ?? likeliest((await model.attention(x, { ...at, classes: [0] })).scores.data)
  const attention = await model.attention(repeatRow(x, wanted.length), { ...at, classes: wanted })
  const [, height, width] = x.shape as [number, number, number, number]
  return wanted.map((_, row) => focusOf(attention, row, method, [height, width], classNames))
}

/** One row of an attention as a map in the size of the picture. */
export function focusOf(
  attention: Attention,
  row: number,
  method: FocusMethod,
  [height, width]: readonly [height: number, width: number],
  classNames: readonly string[] = [],
): Focus {
  const map = classMap(attention, row, method)
  const values = resizeValues(map.values, [map.height, map.width, 1], height, width)
  const enlarged = { width, height, values }
  const label = attention.classes[row]!
  const peak = peakOf(enlarged)
  return {
    layer: attention.layer,
    method,
    label,
    className: classNames[label] ?? `class ${label}`,
    probability: attention.predictions.slice(row, row + 1).data[label]!,
    score: attention.scores.slice(row, row + 1).data[label]!,
    map,
    enlarged,
    centre: centreOf(enlarged),
    peak,
    place: peak && placeInWords(peak),
    half: halfOf(enlarged),
  }
}

const likeliest = (scores: Float32Array): number[] =>
  Array.from(scores.keys())
    .sort((a, b) => scores[b]! - scores[a]! || a - b)
    .slice(0, likeliestShown)

/** The mean place of all that is above 0, each place weighing as much as its value. */
function centreOf({ width, height, values }: ValueMap): Place | null {
  let [sum, x, y] = [0, 0, 0]
  values.forEach((value, place) => {
    if (value <= 0) return
    sum += value
    x += value * ((place % width) + 0.5)
    y += value * (Math.floor(place / width) + 0.5)
  })
  return sum > 0 ? { x: x / sum / width, y: y / sum / height } : null
}

/** The middle of the highest place above 0; of equals the first. */
function peakOf({ width, height, values }: ValueMap): Place | null {
  const most = values.reduce((most, value) => Math.max(most, value), 0)
  const place = values.indexOf(most)
  if (most === 0) return null
  return { x: ((place % width) + 0.5) / width, y: (Math.floor(place / width) + 0.5) / height }
}

/** The fewest places that together hold half of what is above 0; places as high as the last of them belong to them. */
function halfOf({ values }: ValueMap): HalfOfFocus | null {
  const positive = values
    .filter(value => value > 0)
    .sort()
    .reverse()
  const total = positive.reduce((sum, value) => sum + value, 0)
  if (total === 0) return null
  let [sum, count] = [0, 0]
  while (sum < total / 2) sum += positive[count++]!
  const level = positive[count - 1]!
  return { level, share: values.filter(value => value >= level).length / values.length }
}

/** `in the upper left`, by thirds of the picture; `in the middle`. */
export function placeInWords({ x, y }: Place): string {
  const third = (share: number, words: readonly [string, string, string]) =>
    words[Math.min(2, Math.floor(share * 3)) as 0 | 1 | 2]
  const vertical = third(y, ['upper', '', 'lower'])
  const horizontal = third(x, ['left', '', 'right'])
  if (vertical === '' && horizontal === '') return 'in the middle'
  if (vertical === '') return `in the middle ${horizontal}`
  return horizontal === '' ? `in the ${vertical} middle` : `in the ${vertical} ${horizontal}`
}
