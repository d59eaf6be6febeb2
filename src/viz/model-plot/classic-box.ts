import { formatCount } from '../../base/format.js'
import { el } from '../svg/element.js'
import { labels, textWidth } from '../svg/text.js'
import { paint } from '../svg/theme.js'
import { type Box, boxText, type PlottedLayer, shapeLines } from './box.js'
import type { ModelLook } from './options.js'

const style = { size: 13 }
const lineHeight = 17
/** Around the text of a cell. */
const padding = { x: 9, y: 5 }

/** Cells below each other, each of one or more lines. */
type Column = readonly (readonly string[])[]

/** The record of Keras 2: columns of cells in thin lines, name over class, `input:` over `output:`, shape over shape. */
export function classicBox(layer: PlottedLayer, look: ModelLook): Box {
  const columns = columnsOf(layer, look).map(column =>
    column.map(cell => cell.map(line => boxText(line, style))),
  )
  const widths = columns.map(column => widthOf(column))
  const heights = heightsOf(columns)
  const width = widths.reduce((sum, cells) => sum + cells, 0)
  let x = 0
  const cells = columns.flatMap((column, i) => {
    const left = x
    x += widths[i]!
    return columnCells(column, left, widths[i]!, heights)
  })
  const height = sum(heights)
  const frame = el('rect', { width, height, ...paint({ fill: 'paper', stroke: 'line' }) })
  return { width, height, body: [frame, ...cells].join('') }
}

function columnsOf(layer: PlottedLayer, look: ModelLook): Column[] {
  const activation = look.showLayerActivations && layer.activation !== null ? [[layer.activation]] : []
  const kind = [[layer.className], ...activation]
  const name = look.showLayerNames ? [[layer.name]] : []
  const shapes: Column[] = look.showShapes ? shapeColumns(layer) : []
  const parameters: Column[] = look.showParams ? [[['params:'], [formatCount(layer.parameters)]]] : []
  const trainable: Column[] =
    look.showTrainable && layer.trainable !== null
      ? [[[layer.trainable ? 'trainable' : 'not trainable']]]
      : []
  // Without shapes Keras sets name and class side by side.
  const head: Column[] = look.showShapes || name.length === 0 ? [[...name, ...kind]] : [name, kind]
  return [...head, ...shapes, ...parameters, ...trainable]
}

const shapeColumns = ({ isInput, inputShapes, outputShape }: PlottedLayer): Column[] => [
  [['input:'], ['output:']],
  [shapeLines(inputShapes, isInput), shapeLines([outputShape], isInput)],
]

const widthOf = (column: Column): number =>
  Math.ceil(Math.max(...column.flat().map(line => textWidth(line, style)))) + 2 * padding.x

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0)

/** The heights of the rows; cells of columns with as many cells stand in these rows. */
function heightsOf(columns: readonly Column[]): number[] {
  const rows = Math.max(...columns.map(column => column.length))
  const tall = (row: number) =>
    Math.max(...columns.map(column => (column.length === rows ? column[row]!.length : 1)))
  const natural = Array.from({ length: rows }, (_, row) => tall(row) * lineHeight + 2 * padding.y)
  const needed = Math.max(
    ...columns.map(column => sum(column.map(cell => cell.length * lineHeight + 2 * padding.y))),
  )
  const stretch = Math.max(1, needed / sum(natural))
  return natural.map(height => height * stretch)
}

function columnCells(column: Column, x: number, width: number, rows: readonly number[]): string[] {
  const height = sum(rows)
  const heights = column.length === rows.length ? rows : column.map(() => height / column.length)
  const side = x > 0 ? [rule(x, 0, x, height)] : []
  let y = 0
  const cells = column.map((lines, i) => {
    const top = y
    y += heights[i]!
    return `${top > 0 ? rule(x, top, x + width, top) : ''}${textIn(lines, x + width / 2, top, heights[i]!)}`
  })
  return [...side, ...cells]
}

const rule = (x1: number, y1: number, x2: number, y2: number): string =>
  el('line', { x1, y1, x2, y2, ...paint({ stroke: 'line' }) })

function textIn(lines: readonly string[], x: number, top: number, height: number): string {
  const first = top + height / 2 - ((lines.length - 1) * lineHeight) / 2
  return labels(x, first, lines, {
    ...style,
    anchor: 'middle',
    align: 'middle',
    lineHeight: lineHeight / style.size,
  })
}
