import { ShapeError } from '../base/errors.js'
import { formatShape } from '../base/shape.js'
import type { Pad2D } from '../engine/ops/attributes.js'
import { type Padding, padFor, windowOutput } from '../engine/ops/window.js'
import { type Pair, pairOf } from './windows.js'

export interface PaddingOptions {
  /** Height and width of the picture. Default 5. */
  readonly size?: Pair
  /** Height and width of the filter. Default 3. */
  readonly kernel?: Pair
  /** Default 1. */
  readonly strides?: Pair
}

/** What one kind of padding does to a picture's size. */
export interface PaddingResult {
  readonly padding: Padding
  /** Rows and columns of zeros added; the odd one goes to the bottom and right. */
  readonly pad: Pad2D
  /** Output height and width. */
  readonly output: readonly [number, number]
  /** Upper left cells of the first and last window, counted in the padded picture. */
  readonly first: readonly [number, number]
  readonly last: readonly [number, number]
  /** Rows at the bottom and columns at the right that no window reaches. */
  readonly dropped: readonly [rows: number, columns: number]
  /** The formula with the numbers filled in, one line for each axis that differs: `D − N + 1 = 5 − 3 + 1 = 3`. */
  readonly formulas: readonly string[]
}

export interface PaddingComparison {
  readonly size: readonly [number, number]
  readonly kernel: readonly [number, number]
  readonly strides: readonly [number, number]
  readonly valid: PaddingResult
  readonly same: PaddingResult
}

/**
 * `valid` and `same` padding of one picture, by Keras' rule.
 *
 * @throws ShapeError for a filter that does not fit the picture
 */
export function padding(options: PaddingOptions = {}): PaddingComparison {
  const size = pairOf('padding: size', options.size ?? 5)
  const kernel = pairOf('padding: kernel', options.kernel ?? 3)
  const strides = pairOf('padding: strides', options.strides ?? 1)
  if (kernel[0] > size[0] || kernel[1] > size[1])
    throw new ShapeError(
      `padding: a filter of ${formatShape(kernel)} does not fit a picture of ${formatShape(size)}.`,
      `Give a filter of at most ${formatShape(size)}.`,
    )
  const result = (kind: Padding) => resultOf(kind, { size, kernel, strides })
  return { size, kernel, strides, valid: result('valid'), same: result('same') }
}

type Sizes = Pick<PaddingComparison, 'size' | 'kernel' | 'strides'>

function resultOf(kind: Padding, { size, kernel, strides }: Sizes): PaddingResult {
  const window = { kernel, strides, dilation: [1, 1] } as const
  const pad = padFor(size, window, kind)
  const output = windowOutput(size, { ...window, pad })
  const last = [(output[0] - 1) * strides[0], (output[1] - 1) * strides[1]] as const
  const dropped = [
    size[0] + pad.top + pad.bottom - last[0] - kernel[0],
    size[1] + pad.left + pad.right - last[1] - kernel[1],
  ] as const
  const lines = ([0, 1] as const).map(axis =>
    formulaOf(kind, size[axis], kernel[axis], strides[axis], output[axis]),
  )
  const formulas = lines[0] === lines[1] ? [lines[0]!] : [`height: ${lines[0]}`, `width: ${lines[1]}`]
  return { padding: kind, pad, output, first: [0, 0], last, dropped, formulas }
}

function formulaOf(kind: Padding, D: number, N: number, s: number, output: number): string {
  if (kind === 'same') return `⌈D / s⌉ = ⌈${D} / ${s}⌉ = ${output}`
  if (s === 1) return `D − N + 1 = ${D} − ${N} + 1 = ${output}`
  return `⌊(D − N) / s⌋ + 1 = ⌊(${D} − ${N}) / ${s}⌋ + 1 = ${output}`
}
