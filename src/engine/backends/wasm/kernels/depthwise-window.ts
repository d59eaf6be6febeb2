import type { Shape } from '../../../../base/shape.js'
import type { Window2D } from '../../../ops/attributes.js'
import { type Integer, i32 } from '../assembler/expressions.js'
import type { Emission } from './kernel.js'

/** A window that slides over pictures, every channel by itself. All in cells. */
export interface DepthwiseWindow {
  readonly images: number
  readonly channels: number
  /** The pictures that are read. */
  readonly height: number
  readonly width: number
  /** Cells that the first window reaches before the first row and column; negative where it begins behind it. */
  readonly top: number
  readonly left: number
  /** Positions of the window. */
  readonly rows: number
  readonly columns: number
  readonly kernel: readonly [R: number, S: number]
  readonly strides: readonly [number, number]
  readonly dilation: readonly [number, number]
}

/** The window of a depthwise convolution of `x` [N, H, W, C], its channels repeated where there are more of them in `y`. */
export function depthwiseWindow(attributes: Window2D, x: Shape, y: Shape): DepthwiseWindow {
  const [images, height, width] = x as readonly [number, number, number, number]
  const [, rows, columns, channels] = y as readonly [number, number, number, number]
  const { kernel, strides, dilation, pad } = attributes
  const { top, left } = pad
  return { images, channels, height, width, top, left, rows, columns, kernel, strides, dilation }
}

/** The column of the picture that tap `s` of the window at `column` lies on; it may lie outside. */
export const seenColumn = (w: DepthwiseWindow, column: number, s: number): number =>
  column * w.strides[1] + s * w.dilation[1] - w.left

export const isInside = (w: DepthwiseWindow, column: number, s: number): boolean => {
  const cell = seenColumn(w, column, s)
  return cell >= 0 && cell < w.width
}

/** Neighbouring columns of positions that are computed together. */
export interface Tile {
  readonly first: number
  readonly count: number
}

/** Columns cut into tiles: alike ones in the middle, whose windows lie inside the picture, and single ones around them. */
export interface ColumnTiles {
  readonly before: readonly Tile[]
  /** The first of the tiles that are alike, each `count` wide, and how many there are. */
  readonly middle: Tile & { readonly times: number }
  readonly behind: readonly Tile[]
}

/** Cuts the columns into tiles of at most `most`, as many of them alike as can be. */
export function cutColumns(w: DepthwiseWindow, most: number): ColumnTiles {
  const [from, to] = innerColumns(w)
  // So wide that no tile is narrow where it need not be.
  const first = Math.min(w.columns, Math.ceil(from / most) * most)
  const times = Math.max(0, Math.floor((to - first) / most))
  return {
    before: tilesOf(0, first, most),
    middle: { first, count: most, times },
    behind: tilesOf(first + times * most, w.columns, most),
  }
}

function tilesOf(from: number, to: number, most: number): Tile[] {
  return Array.from({ length: Math.ceil((to - from) / most) }, (_, i) => {
    const first = from + i * most
    return { first, count: Math.min(most, to - first) }
  })
}

/** The columns, from the first to before the last, whose windows lie within the width of the picture. */
function innerColumns(w: DepthwiseWindow): readonly [from: number, to: number] {
  const { columns, kernel, strides, dilation, left, width } = w
  const from = Math.min(columns, Math.max(0, Math.ceil(left / strides[1])))
  const last = Math.floor((width - 1 + left - dilation[1] * (kernel[1] - 1)) / strides[1])
  return [from, Math.max(from, Math.min(columns, last + 1))]
}

/** The steps k, from the first to before the last of `count`, at which `start + k · step` lies within `length` cells. */
export function stepsInside(
  { f }: Emission,
  start: Integer,
  step: number,
  length: number,
  count: Integer,
): { first: ReturnType<typeof f.i32>; end: ReturnType<typeof f.i32> } {
  const begin = f.i32(start)
  const stepsTo = (distance: Integer) => i32.div(i32.add(distance, step - 1), step)
  const first = f.i32(i32.select(stepsTo(i32.sub(0, begin)), 0, i32.lt(begin, 0)))
  const reached = f.i32(i32.select(stepsTo(i32.sub(length, begin)), 0, i32.lt(begin, length)))
  return { first, end: f.i32(i32.min(reached, count)) }
}
