import { formatCount } from '../../base/format.js'
import { across, type Block, down, framed, paragraph, titled } from '../svg/block.js'
import { Drawing, pathThrough } from '../svg/drawing.js'
import { el } from '../svg/element.js'
import { shortNumber } from '../svg/numbers.js'
import { picture } from '../svg/picture.js'
import { label } from '../svg/text.js'
import { paint } from '../svg/theme.js'
import { windowFrame } from './plane.js'
import { cellSide, inputSize, isLarge, sizeOf, sizeText, type WalkToDraw } from './walk.js'
import { inputPixels } from './whole.js'

/** How the filter runs over the picture: from left to right, from top to bottom, each stop filling one output cell. */
export function drawConvolutionPath(walk: WalkToDraw): Drawing {
  const [height, width] = inputSize(walk)
  const input = titled(`Input ${height}×${width}`, wayOver(walk))
  const output = titled(
    `Output ${sizeText(walk.output)}`,
    isLarge(walk.output) ? outputPicture(walk) : outputOrder(walk),
  )
  const grids = across([input, output], 20)
  const words = paragraph(sentenceOf(walk), Math.max(330, grids.width), { ink: 'muted' })
  const block = framed(down([grids, words], 12), 12)
  return new Drawing({ ...block, title: 'The way of the filter', description: sentenceOf(walk) })
}

function sentenceOf({ output, kernels, strides }: WalkToDraw): string {
  const [rows, columns] = sizeOf(output)
  const cells = strides[0] === 1 && strides[1] === 1 ? 'one cell' : `${strides[1]} cells`
  const down = strides[0] === 1 ? 'one row' : `${strides[0]} rows`
  return `The ${sizeText(kernels[0]!)} filter goes from left to right, ${cells} at a time, then ${down} down: ${columns} stops in a row, ${rows} ${rows === 1 ? 'row' : 'rows'}, ${formatCount(rows * columns)} output cells.`
}

type Point = readonly [x: number, y: number]

/** The padded input without its numbers, the first and the last frame, and the way between them. */
function wayOver(walk: WalkToDraw): Block {
  const [rows, columns] = sizeOf(walk.planes[0]!)
  const side = Math.min(36, 200 / Math.max(rows, columns))
  const [R, S] = sizeOf(walk.kernels[0]!)
  const [lastRow, lastColumn] = sizeOf(walk.output).map(size => size - 1) as [number, number]
  const x = (column: number) => column * walk.strides[1] * side
  const y = (row: number) => row * walk.strides[0] * side
  const centre = (row: number, column: number): Point => [x(column) + (S * side) / 2, y(row) + (R * side) / 2]
  const frame = (row: number, column: number) => windowFrame(x(column), y(row), S * side, R * side)
  const body = [
    pictureInMargin(walk, side),
    frame(0, 0),
    frame(lastRow, lastColumn),
    wayLine(rowsShown(lastRow), lastColumn, centre),
    ...stops(walk, side, centre),
  ]
  return { width: columns * side, height: rows * side, body: body.join('') }
}

function pictureInMargin(walk: WalkToDraw, side: number): string {
  const [rows, columns] = sizeOf(walk.planes[0]!)
  const [height, width] = inputSize(walk)
  const { top, left } = walk.pad
  const margin = { width: columns * side, height: rows * side, ...paint({ fill: 'panel', stroke: 'faint' }) }
  return (
    el('rect', { ...margin, 'stroke-dasharray': '3 3' }) +
    picture(left * side, top * side, width * side, height * side, inputPixels(walk))
  )
}

/** Rows whose way is drawn: of many the first three and the last. */
const rowsShown = (last: number): number[] =>
  last < 9 ? Array.from({ length: last + 1 }, (_, row) => row) : [0, 1, 2, last]

/** From left to right in every row, and back to the left in a dashed line; none over rows that are left out. */
function wayLine(
  rows: readonly number[],
  lastColumn: number,
  centre: (row: number, column: number) => Point,
): string {
  const along = rows.flatMap(row => [centre(row, 0), centre(row, lastColumn), pause])
  const next = rows.filter(row => rows.includes(row + 1))
  const back = next.flatMap(row => [centre(row, lastColumn), centre(row + 1, 0), pause])
  const width = rows.length > next.length + 1 ? 1.5 : 2.5
  return line(along, width) + line(back, 1.5, '4 3')
}

/** Where the pen is lifted. */
const pause: Point = [Number.NaN, Number.NaN]

const line = (points: readonly Point[], width: number, dashes?: string): string => {
  const d = pathThrough(points)
  const stroke = { fill: 'none', 'stroke-linejoin': 'round', 'stroke-dasharray': dashes }
  return [
    el('path', { d, ...paint({ stroke: 'paper' }), fill: 'none', 'stroke-width': width + 2.5 }),
    el('path', { d, ...paint({ stroke: 'accent' }), ...stroke, 'stroke-width': width }),
  ].join('')
}

/** Every stop where there is room for its number; else the first and the last, beside the way. */
function stops(
  { output, strides }: WalkToDraw,
  side: number,
  centre: (row: number, column: number) => Point,
): string[] {
  const [rows, columns] = sizeOf(output)
  if (Math.min(...strides) * side >= 24 && rows <= 9)
    return output.flat().map((_, i) => stop(centre(Math.floor(i / columns), i % columns), i + 1))
  const [x, y] = centre(0, 0)
  const [lastX, lastY] = centre(rows - 1, columns - 1)
  return [stop([x + 8, y + 34], 1), stop([lastX - 16, lastY - 22], rows * columns)]
}

function stop([x, y]: Point, number: number): string {
  const text = formatCount(number)
  const width = Math.max(20, text.length * 6.5 + 10)
  return [
    el('rect', {
      ...{ x: x - width / 2, y: y - 10, width, height: 20, rx: 10 },
      ...paint({ fill: 'paper', stroke: 'accent' }),
      'stroke-width': 2,
    }),
    label(x, y, text, { size: 11, weight: 'bold', anchor: 'middle', align: 'middle' }),
  ].join('')
}

/** The output's values, each with the number of its step. */
function outputOrder({ output }: WalkToDraw): Block {
  const [rows, columns] = sizeOf(output)
  const side = Math.max(42, cellSide(output.flat()))
  const cell = (value: number, i: number) => {
    const [x, y] = [(i % columns) * side, Math.floor(i / columns) * side]
    return [
      el('rect', { x, y, width: side, height: side, ...paint({ fill: 'paper', stroke: 'faint' }) }),
      label(x + 4, y + 12, String(i + 1), { size: 10, ink: 'accent', weight: 'bold' }),
      label(x + side / 2, y + side * 0.62, shortNumber(value), {
        size: 12,
        anchor: 'middle',
        align: 'middle',
      }),
    ].join('')
  }
  return { width: columns * side, height: rows * side, body: output.flat().map(cell).join('') }
}

function outputPicture({ output, outputTones }: WalkToDraw): Block {
  const [height, width] = sizeOf(output)
  const scale = 140 / Math.max(height, width)
  const pixels = { height, width, channels: 1, data: outputTones.bytes } as const
  return {
    width: width * scale,
    height: height * scale,
    body: picture(0, 0, width * scale, height * scale, pixels),
  }
}
