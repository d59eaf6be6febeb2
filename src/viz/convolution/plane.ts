import type { Block } from '../svg/block.js'
import { grey, inkOn } from '../svg/color-scales.js'
import { el } from '../svg/element.js'
import { shortNumber } from '../svg/numbers.js'
import { label } from '../svg/text.js'
import { paint } from '../svg/theme.js'
import {
  type Grid,
  inputSize,
  mostCells,
  type StepToDraw,
  sizeOf,
  type WalkToDraw,
  weightText,
} from './walk.js'

/** The part of a grid that is drawn: rows and columns `from` (included) to `to` (excluded). */
export interface View {
  readonly rows: readonly [from: number, to: number]
  readonly columns: readonly [from: number, to: number]
}

/** All of a small picture; of a large one the window and a cell around it. */
function viewOf({ planes, kernels }: WalkToDraw, { top, left }: StepToDraw): View {
  const [height, width] = sizeOf(planes[0]!)
  const [R, S] = sizeOf(kernels[0]!)
  return { rows: span(top, R, height), columns: span(left, S, width) }
}

function span(from: number, length: number, whole: number): [from: number, to: number] {
  if (whole <= mostCells) return [0, whole]
  const shown = Math.min(whole, length + 2)
  const start = Math.min(Math.max(0, from - 1), whole - shown)
  return [start, start + shown]
}

/** The input's cells with their values, and the filter laid over them: a frame, and its values in the cells' corners. */
export function inputCells(walk: WalkToDraw, step: StepToDraw, channel: number, side: number): Block {
  const view = viewOf(walk, step)
  const [R, S] = sizeOf(walk.kernels[0]!)
  const at = (row: number, column: number) => cellAt(walk, step, channel, row, column, side)
  const body = each(view, (row, column) =>
    moved(at(row, column), (column - view.columns[0]) * side, (row - view.rows[0]) * side),
  )
  const x = (step.left - view.columns[0]) * side
  const y = (step.top - view.rows[0]) * side
  return {
    width: (view.columns[1] - view.columns[0]) * side,
    height: (view.rows[1] - view.rows[0]) * side,
    body: body + windowFrame(x, y, S * side, R * side),
  }
}

const moved = (body: string, x: number, y: number): string =>
  el('g', { transform: `translate(${x} ${y})` }, body)

const each = ({ rows, columns }: View, draw: (row: number, column: number) => string): string => {
  let body = ''
  for (let row = rows[0]; row < rows[1]; row++)
    for (let column = columns[0]; column < columns[1]; column++) body += draw(row, column)
  return body
}

function cellAt(
  walk: WalkToDraw,
  { top, left }: StepToDraw,
  channel: number,
  row: number,
  column: number,
  side: number,
): string {
  const value = walk.planes[channel]![row]![column]!
  const weight = walk.kernels[channel]![row - top]?.[column - left]
  const tone = toneAt(walk, channel, row, column)
  const colour = tone === null ? {} : { colour: inkOn(tone) }
  const number = label(side / 2, weight === undefined ? side / 2 : side * 0.38, shortNumber(value), {
    size: 12,
    anchor: 'middle',
    align: 'middle',
    ink: 'muted',
    ...colour,
  })
  return ground(side, tone) + number + (weight === undefined ? '' : corner(side, weight, colour))
}

/** The grey of an input cell; null in the margin. */
function toneAt(walk: WalkToDraw, channel: number, row: number, column: number): string | null {
  const [height, width] = inputSize(walk)
  const y = row - walk.pad.top
  const x = column - walk.pad.left
  if (y < 0 || x < 0 || y >= height || x >= width) return null
  return grey(walk.inputTones.bytes[(y * width + x) * walk.planes.length + channel]! / 255)
}

/** A cell of the picture; of the margin a dashed one, so that it is not taken for black. */
const ground = (side: number, tone: string | null): string =>
  tone === null
    ? el('rect', {
        width: side,
        height: side,
        ...paint({ fill: 'panel', stroke: 'faint' }),
        'stroke-dasharray': '3 3',
      })
    : el('rect', { width: side, height: side, ...paint({ stroke: 'faint' }), fill: tone })

const corner = (side: number, weight: number, colour: { readonly colour?: string }): string =>
  label(side - 4, side - 5, weightText(weight), { size: 10, anchor: 'end', weight: 'bold', ...colour })

/** The tutorial's green frame, with a seam in the ground's colour so that it stands out on every grey. */
export const windowFrame = (x: number, y: number, width: number, height: number): string =>
  el('rect', { x, y, width, height, ...paint({ fill: 'none', stroke: 'paper' }), 'stroke-width': 6 }) +
  frame(x, y, width, height)

/** The frame alone, for cells without grey. */
const frame = (x: number, y: number, width: number, height: number): string =>
  el('rect', { x, y, width, height, ...paint({ fill: 'none', stroke: 'accent' }), 'stroke-width': 3 })

/** The filter by itself. */
export function filterCells(kernel: Grid, side: number): Block {
  const [height, width] = sizeOf(kernel)
  const body = each({ rows: [0, height], columns: [0, width] }, (row, column) =>
    plainCell(column * side, row * side, side, shortNumber(kernel[row]![column]!), false),
  )
  return {
    width: width * side,
    height: height * side,
    body: body + frame(0, 0, width * side, height * side),
  }
}

/** The output, filled up to `step`, whose cell is marked. */
export function outputCells(output: Grid, { row, column, number }: StepToDraw, side: number): Block {
  const [height, width] = sizeOf(output)
  const text = (r: number, c: number) => (r * width + c < number ? shortNumber(output[r]![c]!) : '')
  const body = each({ rows: [0, height], columns: [0, width] }, (r, c) =>
    plainCell(c * side, r * side, side, text(r, c), r === row && c === column),
  )
  return {
    width: width * side,
    height: height * side,
    body: body + frame(column * side, row * side, side, side),
  }
}

const plainCell = (x: number, y: number, side: number, text: string, bold: boolean): string =>
  el('rect', { x, y, width: side, height: side, ...paint({ fill: 'paper', stroke: 'faint' }) }) +
  (text === ''
    ? ''
    : label(x + side / 2, y + side / 2, text, {
        size: 12,
        anchor: 'middle',
        align: 'middle',
        weight: bold ? 'bold' : 'normal',
      }))
