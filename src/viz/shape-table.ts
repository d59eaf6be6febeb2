import { formatBytes, formatCount, formatPercent } from '../base/format.js'
import { formatShape, type Shape } from '../base/shape.js'
import { Drawing } from './svg/drawing.js'
import { el } from './svg/element.js'
import { label, textWidth } from './svg/text.js'
import { paint } from './svg/theme.js'

interface Costs {
  readonly parameters: number
  readonly multiplyAdds: number
  readonly bytes: number
}

/** What is drawn: `explain.shapeChain(network)`. */
export interface CostTable {
  readonly name: string
  readonly rows: readonly (Costs & {
    readonly name: string
    readonly isInput: boolean
    readonly output: Shape
    readonly shares: Costs
  })[]
  readonly totals: Costs
  readonly sentence: string
}

const margin = 14
const rowHeight = 22
const columnGap = 18
const style = { size: 12 } as const

const titles = ['layer', 'output', 'parameters', 'share', 'multiply-adds', 'share', 'bytes', 'share']

/** Parameters, multiply-adds and output bytes of each layer for one picture, with their shares. Wide: let it scroll. */
export function drawShapeTable(table: CostTable): Drawing {
  const rows = [...cellsOf(table), totalCells(table)]
  const widths = titles.map((title, column) =>
    Math.max(
      ...[title, ...rows.map(row => row[column]!)].map(text => textWidth(text, { ...style, weight: 'bold' })),
    ),
  )
  const width = widths.reduce((sum, cells) => sum + cells + columnGap, 2 * margin - columnGap)
  const line = (row: readonly string[], y: number, weight: 'normal' | 'bold') => rowAt(row, widths, y, weight)
  const first = margin + rowHeight
  const last = first + rowHeight * (rows.length - 1)
  return new Drawing({
    width,
    height: last + rowHeight + margin,
    title: `What the layers of the network "${table.name}" cost`,
    description: table.sentence,
    body: [
      line(titles, margin, 'bold'),
      rule(margin + rowHeight, width),
      ...rows.map((row, i) => line(row, first + i * rowHeight, i === rows.length - 1 ? 'bold' : 'normal')),
      rule(last, width),
    ].join(''),
  })
}

const cellsOf = ({ rows }: CostTable): string[][] =>
  rows.map(({ name, output, shares, ...costs }) => [name, formatShape(output), ...pairs(costs, shares)])

const totalCells = ({ totals }: CostTable): string[] => [
  'all layers',
  '',
  ...[
    formatCount(totals.parameters),
    '',
    formatCount(totals.multiplyAdds),
    '',
    formatBytes(totals.bytes),
    '',
  ],
]

const pairs = ({ parameters, multiplyAdds, bytes }: Costs, shares: Costs): string[] => [
  ...[formatCount(parameters), formatPercent(shares.parameters)],
  ...[formatCount(multiplyAdds), formatPercent(shares.multiplyAdds)],
  ...[formatBytes(bytes), formatPercent(shares.bytes)],
]

/** A row whose first two columns stand left, its numbers right. */
function rowAt(
  row: readonly string[],
  widths: readonly number[],
  top: number,
  weight: 'normal' | 'bold',
): string {
  let x = margin
  return row
    .map((text, column) => {
      const left = x
      x += widths[column]! + columnGap
      const y = top + rowHeight / 2
      const place = { ...style, weight, align: 'middle' } as const
      return column < 2
        ? label(left, y, text, place)
        : label(left + widths[column]!, y, text, { ...place, anchor: 'end' })
    })
    .join('')
}

const rule = (y: number, width: number): string =>
  el('line', { x1: margin, x2: width - margin, y1: y, y2: y, ...paint({ stroke: 'grid' }) })
