import { Tensor } from '../../base/tensor.js'
import type { Examples } from '../../data/dataset.js'
import type { Model } from '../../train/model.js'
import { likeliest } from './counts.js'
import { movePicture, type PictureShape } from './move-picture.js'
import { roomOf } from './room.js'
import { type ShiftMap, type ShiftOptions, shiftMap } from './shift-map.js'

/** A picture as pixels. */
export interface ShiftPixels {
  readonly width: number
  readonly height: number
  readonly channels: 1 | 3
  /** `[H, W, C]` */
  readonly data: Uint8Array
}

/** A picture where it was, and moved into the upper left corner. */
export interface ShiftExample {
  readonly label: number
  readonly className: string
  /** Pixels to the right, so below 0. */
  readonly dx: number
  /** Pixels down, so below 0. */
  readonly dy: number
  readonly centre: ShiftPixels
  readonly moved: ShiftPixels
}

/** What a network says about a picture. */
export interface ShiftAnswer {
  readonly className: string
  readonly probability: number
  /** What it gives the right class. */
  readonly rightProbability: number
  readonly right: boolean
}

/** A network and what moving pictures does to it. */
export interface MovedNetwork {
  readonly title: string
  readonly parameters: number
  readonly map: ShiftMap
  readonly answers: { readonly centre: ShiftAnswer; readonly moved: ShiftAnswer }
}

/**
 * The first picture of a class, in the middle and moved up and left as far as nothing of it is cut; a picture that fills
 * its frame by a quarter of it. Never further than `most` pixels.
 *
 * @returns null when no picture shows this class
 */
export function shiftExample(
  { x, y }: Examples,
  label: number,
  classNames: readonly string[],
  most = Number.POSITIVE_INFINITY,
): ShiftExample | null {
  const row = y.data.indexOf(label)
  if (row < 0) return null
  const [, height, width, channels] = x.shape as readonly [number, number, number, 1 | 3]
  const shape: PictureShape = [height, width, channels]
  const data = x.slice(row, row + 1).load().data
  const { left, up } = roomOf(data, shape)
  const hasRoom = left > 0 || up > 0
  const [toLeft, toTop] = hasRoom ? [left, up] : [Math.floor(width / 4), Math.floor(height / 4)]
  const [dx, dy] = [-Math.min(most, toLeft), -Math.min(most, toTop)]
  const moved = new Uint8Array(data.length)
  movePicture(data, shape, { dx, dy }, 'edge', moved)
  const pixels = (bytes: Uint8Array): ShiftPixels => ({ width, height, channels, data: bytes })
  const className = classNames[label] ?? `class ${label}`
  return { label, className, dx, dy, centre: pixels(data), moved: pixels(moved) }
}

/** Measures a network: its map over all examples, and what it says about one of them. */
export async function moveBefore(
  title: string,
  model: Model,
  { x, y }: Examples,
  example: ShiftExample,
  classNames: readonly string[],
  options: ShiftOptions = {},
): Promise<MovedNetwork> {
  const map = await shiftMap(model, x.load(), y.data, options)
  const { centre, moved, label } = example
  const both = new Uint8Array([...centre.data, ...moved.data])
  const shape = [2, centre.height, centre.width, centre.channels]
  const output = await model.predict(new Tensor(both, shape, x.scaling))
  const answer = (row: number) => answerOf(output.slice(row, row + 1).data, label, classNames)
  return { title, parameters: model.countParams(), map, answers: { centre: answer(0), moved: answer(1) } }
}

function answerOf(classes: Float32Array, label: number, classNames: readonly string[]): ShiftAnswer {
  const best = likeliest(classes)
  return {
    className: classNames[best] ?? `class ${best}`,
    probability: classes[best]!,
    rightProbability: classes[label]!,
    right: best === label,
  }
}
