import { formatCount } from '../../base/format.js'
import { el, escapeText } from '../svg/element.js'
import { textWidth } from '../svg/text.js'
import { type InkName, paint } from '../svg/theme.js'
import { type Box, boxText, type PlottedLayer, shapeLines } from './box.js'
import type { ModelLook } from './options.js'

const headSize = 14
const cellSize = 11
const lineHeight = 15
const padding = { x: 10, y: 8 }
const headHeight = 32
/** Keras' black, which stays dark on dark ground. */
const bar = '#0b0d10'

/** Words before and in bold; further lines are bold, too. */
interface Cell {
  readonly words: string
  readonly bold: readonly string[]
  /** Keras fills what it says about training with green or red. */
  readonly fill?: string
}

/** The table of Keras 3: a black bar with name and class, then white cells. */
export function keras3Box(layer: PlottedLayer, look: ModelLook): Box {
  const rows = rowsOf(layer, look)
  const head = headOf(layer, look)
  const width = Math.ceil(
    Math.max(headWidth(head), ...rows.map(row => row.reduce((sum, cell) => sum + cellWidth(cell), 0))),
  )
  let y = headHeight
  const cells = rows.flatMap(row => {
    const top = y
    y += rowHeight(row)
    return rowCells(row, width, top)
  })
  const frame = el('rect', { width, height: y, fill: bar, ...paint({ stroke: 'line' }), 'stroke-width': 1.5 })
  return { width, height: y, body: [frame, headText(head, width), ...cells].join('') }
}

function rowsOf(layer: PlottedLayer, look: ModelLook): Cell[][] {
  const { activation } = layer
  const first =
    look.showLayerActivations && activation !== null ? [{ words: 'Activation: ', bold: [activation] }] : []
  const rest = [
    ...(look.showShapes ? shapeCells(layer) : []),
    ...(look.showParams ? [{ words: 'Params: ', bold: [formatCount(layer.parameters)] }] : []),
    ...(look.showTrainable && layer.trainable !== null ? [trainableCell(layer.trainable)] : []),
  ]
  return [first, rest].filter(row => row.length > 0)
}

const shapeCells = ({ isInput, inputShapes, outputShape }: PlottedLayer): Cell[] => [
  ...(isInput ? [] : [{ words: 'Input shape: ', bold: shapeLines(inputShapes) }]),
  { words: 'Output shape: ', bold: [outputShape] },
]

const trainableCell = (trainable: boolean): Cell =>
  trainable
    ? { words: '', bold: ['Trainable'], fill: '#1a7a1a' }
    : { words: '', bold: ['Non-trainable'], fill: '#b22222' }

interface Head {
  readonly bold: string
  readonly plain: string
}

function headOf({ name, className }: PlottedLayer, { showLayerNames }: ModelLook): Head {
  const style = { size: headSize, weight: 'bold' } as const
  if (!showLayerNames) return { bold: boxText(className, style), plain: '' }
  return { bold: boxText(name, style), plain: ` (${className})` }
}

const headWidth = ({ bold, plain }: Head): number =>
  textWidth(bold, { size: headSize, weight: 'bold' }) +
  textWidth(plain, { size: headSize }) +
  2 * padding.x +
  8

function headText({ bold, plain }: Head, width: number): string {
  const attributes = { x: width / 2, y: 21, 'font-size': headSize, 'text-anchor': 'middle', fill: '#ffffff' }
  return el('text', attributes, boldSpan(bold), escapeText(plain))
}

const boldSpan = (text: string): string => el('tspan', { 'font-weight': 700 }, escapeText(text))

const cellWidth = ({ words, bold }: Cell): number =>
  Math.max(
    ...bold.map(
      (line, i) =>
        textWidth(i === 0 ? words : '', { size: cellSize }) +
        textWidth(line, { size: cellSize, weight: 'bold' }),
    ),
  ) +
  2 * padding.x

const rowHeight = (row: readonly Cell[]): number =>
  Math.max(...row.map(({ bold }) => bold.length)) * lineHeight + 2 * padding.y

/** The cells of a row, stretched to fill the box. */
function rowCells(row: readonly Cell[], width: number, top: number): string[] {
  const natural = row.map(cellWidth)
  const spare = (width - natural.reduce((sum, cell) => sum + cell, 0)) / row.length
  let x = 0
  return row.map((cell, i) => {
    const left = x
    x += natural[i]! + spare
    return cellBody(cell, left, top, natural[i]! + spare, rowHeight(row))
  })
}

function cellBody(
  { words, bold, fill }: Cell,
  x: number,
  top: number,
  width: number,
  height: number,
): string {
  const ground = fill ? { ...paint({ stroke: 'line' }), fill } : paint({ fill: 'paper', stroke: 'line' })
  const first = top + height / 2 - ((bold.length - 1) * lineHeight) / 2 + cellSize * 0.35
  const ink: InkName = 'ink'
  const colour = fill ? { fill: '#ffffff' } : paint({ fill: ink })
  const lines = bold.map((line, i) =>
    el(
      'text',
      {
        x: x + width / 2,
        y: first + i * lineHeight,
        'font-size': cellSize,
        'text-anchor': 'middle',
        ...colour,
      },
      i === 0 ? escapeText(words) : '',
      boldSpan(line),
    ),
  )
  return [el('rect', { x, y: top, width, height, ...ground }), ...lines].join('')
}
