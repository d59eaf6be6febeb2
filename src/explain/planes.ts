import { ShapeError } from '../base/errors.js'
import { formatShape, type Shape } from '../base/shape.js'

/** Rows of numbers, `[H, W]`. */
export type Grid = readonly (readonly number[])[]

/** Rows of cells with a number for each channel, `[H, W, C]`. */
export type ChannelGrid = readonly (readonly (readonly number[])[])[]

/** Numbers in one list, row by row: a tensor `[H, W]`, `[H, W, C]` or, as one picture of a batch, `[1, H, W, C]` is one. */
export interface Numbers {
  readonly shape: Shape
  readonly data: ArrayLike<number>
}

/** What people have numbers in: `[H, W]` or `[H, W, C]`. */
export type GridLike = Grid | ChannelGrid | Numbers

/**
 * The channels of `numbers` as planes `[C][H][W]`; what has no axis of channels is one plane.
 *
 * @param who the sentence's subject in errors: `convolution: the input`
 * @throws ShapeError where rows differ in length, nothing is there, or something is not a number
 */
export function planesOf(who: string, numbers: GridLike): Grid[] {
  const { shape: given, data } = isNumbers(numbers) ? numbers : flatten(who, numbers)
  const shape = given.length === 4 && given[0] === 1 ? given.slice(1) : given
  const [height, width, channels = 1] = shape
  if (shape.length < 2 || shape.length > 3 || !height || !width || !channels)
    throw new ShapeError(
      `${who} should be [H, W] or [H, W, C] with at least one cell, but is ${formatShape(shape)}.`,
    )
  checkNumbers(who, data, width * channels)
  const plane = (c: number) =>
    gridOf(height, width, (row, column) => data[(row * width + column) * channels + c]!)
  return Array.from({ length: channels }, (_, c) => plane(c))
}

/** A grid of what `at` says for each cell. */
export const gridOf = (height: number, width: number, at: (row: number, column: number) => number): Grid =>
  Array.from({ length: height }, (_, row) => Array.from({ length: width }, (_, column) => at(row, column)))

/** A grid with `pad` zeros (or another number) around it. */
export function padded(
  grid: Grid,
  pad: { readonly top: number; readonly bottom: number; readonly left: number; readonly right: number },
): Grid {
  const height = grid.length + pad.top + pad.bottom
  const width = grid[0]!.length + pad.left + pad.right
  return gridOf(height, width, (row, column) => grid[row - pad.top]?.[column - pad.left] ?? 0)
}

const isNumbers = (numbers: GridLike): numbers is Numbers => 'data' in numbers

function flatten(who: string, rows: Grid | ChannelGrid): Numbers {
  const width = rows[0]?.length ?? 0
  checkRows(who, rows, width)
  const cells = rows.flatMap(row => [...row] as (number | readonly number[])[])
  const first = cells[0]
  if (!Array.isArray(first)) return { shape: [rows.length, width], data: cells as number[] }
  const stray = cells.findIndex(cell => !Array.isArray(cell) || cell.length !== first.length)
  if (stray >= 0)
    throw new ShapeError(
      `${who} has ${first.length} channels in its first cell, but ${channelsOf(cells[stray]!)} in row ${1 + Math.floor(stray / width)}, column ${1 + (stray % width)}.`,
      'Every cell needs the same number of channels.',
    )
  return { shape: [rows.length, width, first.length], data: cells.flat() }
}

const channelsOf = (cell: number | readonly number[]): number => (typeof cell === 'number' ? 1 : cell.length)

function checkRows(who: string, rows: Grid | ChannelGrid, width: number): void {
  const crooked = rows.findIndex(row => row.length !== width)
  if (crooked >= 0)
    throw new ShapeError(
      `${who} has ${width} numbers in its first row, but ${rows[crooked]!.length} in row ${crooked + 1}.`,
      'Rows need the same length.',
    )
}

function checkNumbers(who: string, data: ArrayLike<number>, rowLength: number): void {
  for (let i = 0; i < data.length; i++)
    if (!Number.isFinite(data[i]))
      throw new ShapeError(
        `${who} should hold numbers, but has ${data[i]} in row ${1 + Math.floor(i / rowLength)}.`,
      )
}
