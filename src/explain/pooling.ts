import { ShapeError } from '../base/errors.js'
import { formatShape } from '../base/shape.js'
import type { Pad2D, PoolKind } from '../engine/ops/attributes.js'
import { pool2d } from '../engine/ops/pool2d.js'
import { type Padding, padFor, windowOutput } from '../engine/ops/window.js'
import { type Grid, type GridLike, gridOf, planesOf } from './planes.js'
import { type ToneOptions, type Tones, toTones } from './tones.js'
import { type Pair, pairOf } from './windows.js'

export interface PoolingOptions {
  /** `[H, W]` or `[H, W, C]`: rows of numbers, or a tensor. */
  readonly input: GridLike
  /** Height and width of the window. Default 2. */
  readonly window?: Pair
  /** Cells the window moves. Default: the window's size, so that windows do not overlap. */
  readonly strides?: Pair
  /** Default valid. */
  readonly padding?: Padding
  readonly tones?: ToneOptions
}

/** What one kind of pooling makes. */
export interface Pooled {
  readonly kind: PoolKind
  /** `[C][H'][W']` */
  readonly planes: readonly Grid[]
  /** `[H', W', C]` as bytes. */
  readonly tones: Tones
}

/** Max, average and min pooling of the same cells. */
export interface PoolingSteps {
  /** `[C][H][W]` */
  readonly planes: readonly Grid[]
  readonly inputTones: Tones
  readonly window: readonly [number, number]
  readonly strides: readonly [number, number]
  readonly pad: Pad2D
  /** `[H', W']` */
  readonly outputSize: readonly [number, number]
  readonly pooled: readonly Pooled[]
  /** The input cell of the first channel that max or min take for an output cell: of equals the first, row by row. */
  winner(kind: 'max' | 'min', row: number, column: number): { readonly row: number; readonly column: number }
}

const kinds: readonly PoolKind[] = ['max', 'average', 'min']

/**
 * The three kinds of pooling side by side, computed by the engine's own float64 meaning. Padding never wins and is not counted.
 *
 * @throws ShapeError for a window that does not fit, and for crooked rows
 */
export function pooling(options: PoolingOptions): PoolingSteps {
  const { padding = 'valid' } = options
  const planes = planesOf('pooling: the input', options.input)
  const window = pairOf('pooling: window', options.window ?? 2)
  const strides = pairOf('pooling: strides', options.strides ?? window)
  const size = [planes[0]!.length, planes[0]![0]!.length] as const
  if (padding === 'valid') checkFits(window, size)
  const sizes = { kernel: window, strides, dilation: [1, 1] } as const
  const pad = padFor(size, sizes, padding)
  const attributes = { ...sizes, pad }
  const outputSize = windowOutput(size, attributes)
  const pool = (kind: PoolKind): Grid[] =>
    planes.map(plane => {
      const shapes = [[1, ...size, 1]]
      const y = pool2d.meaning({ ...attributes, kind }, [Float64Array.from(plane.flat())], shapes, [
        1,
        ...outputSize,
        1,
      ])
      return gridOf(...outputSize, (row, column) => y[row * outputSize[1] + column]!) as Grid
    })
  return {
    ...{ planes, window, strides, pad, outputSize },
    inputTones: toTones(cellsOf(planes), options.tones),
    pooled: kinds.map(kind => {
      const pooled = pool(kind)
      return { kind, planes: pooled, tones: toTones(cellsOf(pooled), options.tones) }
    }),
    winner: (kind, row, column) =>
      winnerOf(planes[0]!, kind, [row * strides[0] - pad.top, column * strides[1] - pad.left], window),
  }
}

function checkFits(window: readonly [number, number], size: readonly [number, number]): void {
  if (window[0] <= size[0] && window[1] <= size[1]) return
  throw new ShapeError(
    `pooling: a window of ${formatShape(window)} does not fit an input of ${formatShape(size)}.`,
    `Use padding: "same", or a window of at most ${formatShape(size)}.`,
  )
}

/** Planes `[C][H][W]` as one list `[H, W, C]`. */
const cellsOf = (planes: readonly Grid[]): number[] =>
  planes[0]!.flatMap((line, row) => line.flatMap((_, column) => planes.map(plane => plane[row]![column]!)))

function winnerOf(
  plane: Grid,
  kind: 'max' | 'min',
  [top, left]: readonly [number, number],
  [height, width]: readonly [number, number],
): { row: number; column: number } {
  const sign = kind === 'max' ? 1 : -1
  let best = { row: -1, column: -1, value: Number.NEGATIVE_INFINITY }
  for (let row = Math.max(0, top); row < Math.min(plane.length, top + height); row++)
    for (let column = Math.max(0, left); column < Math.min(plane[0]!.length, left + width); column++) {
      const value = sign * plane[row]![column]!
      if (value > best.value) best = { row, column, value }
    }
  return { row: best.row, column: best.column }
}
