import { el } from '../svg/element.js'
import { paint } from '../svg/theme.js'
import type { ChainWindow } from './panels.js'
import type { Face } from './solid.js'

/** A rectangle in the coordinates of the drawing. */
interface Rectangle {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/**
 * The window over a block, in the block's own scale, and the cell of the next block that it makes, joined by two lines
 * where the next block stands in the same row. `at`: how far down and to the right, 0 … 1.
 */
export function windowOnBlock(on: Face, window: ChainWindow, next: Face | null, at: number): string {
  const seen = windowIn(on, window, at)
  const square = el('rect', { ...seen, ...paint({ fill: 'none', stroke: 'accent' }), 'stroke-width': 1.75 })
  if (!next) return square
  const made = madeBy(next, at)
  const right = seen.x + seen.width
  const lines = [
    line(right, seen.y, made.x, made.y),
    line(right, seen.y + seen.height, made.x, made.y + made.height),
  ]
  return [...lines, square, el('rect', { ...made, ...paint({ fill: 'accent' }) })].join('')
}

const line = (x1: number, y1: number, x2: number, y2: number): string =>
  el('line', { x1, y1, x2, y2, ...paint({ stroke: 'accent' }), 'stroke-dasharray': '3 2' })

/** The cells a window covers; never beyond the picture. */
function windowIn(on: Face, { kernel, dilation }: ChainWindow, at: number): Rectangle {
  const [cellHeight, cellWidth] = [on.height / on.rows, on.width / on.columns]
  const cells = (axis: 0 | 1) => dilation[axis] * (kernel[axis] - 1) + 1
  const [rows, columns] = [Math.min(on.rows, cells(0)), Math.min(on.columns, cells(1))]
  return {
    x: on.x + cellWidth * startOf(on.columns, columns, at),
    y: on.y + cellHeight * startOf(on.rows, rows, at),
    width: columns * cellWidth,
    height: rows * cellHeight,
  }
}

const startOf = (cells: number, window: number, at: number): number => Math.round((cells - window) * at)

/** The cell, drawn large enough to be seen. */
function madeBy(next: Face, at: number): Rectangle {
  const width = Math.max(2.5, next.width / next.columns)
  const height = Math.max(2.5, next.height / next.rows)
  const place = (cells: number) => startOf(cells, 1, at) / cells
  return {
    x: next.x + Math.min(next.width - width, place(next.columns) * next.width),
    y: next.y + Math.min(next.height - height, place(next.rows) * next.height),
    width,
    height,
  }
}
