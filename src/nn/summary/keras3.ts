import { formatBytes, formatCount } from '../../base/format.js'
import { type Column, columnsOf, type Layout } from './columns.js'
import { bytesPerNumber, formatKerasShape, type Overview, total } from './overview.js'
import { wrap } from './wrap.js'

const plain: Layout = { width: 88, stops: [0.45, 0.8, 1] }
const connected: Layout = { width: 108, stops: [0.3, 0.56, 0.74, 1] }

/** A horizontal line: its left end, the line, a crossing, its right end. */
type Rule = readonly [left: string, line: string, cross: string, right: string]

interface Box {
  readonly top: Rule
  readonly headSide: string
  readonly belowHead: Rule
  readonly side: string
  readonly between: Rule
  readonly bottom: Rule
}

const drawn: Box = {
  top: ['┏', '━', '┳', '┓'],
  headSide: '┃',
  belowHead: ['┡', '━', '╇', '┩'],
  side: '│',
  between: ['├', '─', '┼', '┤'],
  bottom: ['└', '─', '┴', '┘'],
}

const typed: Box = {
  top: ['+', '-', '+', '+'],
  headSide: '|',
  belowHead: ['+', '=', '+', '+'],
  side: '|',
  between: ['+', '-', '+', '+'],
  bottom: ['+', '-', '+', '+'],
}

export interface Keras3Options {
  readonly wide: boolean
  readonly ascii: boolean
  readonly width: number | undefined
  /** Numbers the optimizer holds; Keras counts them into the total. */
  readonly optimizerParams: number | undefined
}

/** The table of Keras 3: boxes, 88 letters wide, 108 with connections; long cells are wrapped. */
export function keras3Summary(overview: Overview, options: Keras3Options): string {
  const layout = overview.branching ? connected : plain
  const columns = fitBorders(
    columnsOf(overview, { ...layout, width: options.width ?? layout.width }, options.wide, {
      shape: row => formatKerasShape(row.shape),
      params: row => formatCount(row.params),
    }),
  )
  const box = options.ascii ? typed : drawn
  const rule = ([left, line, cross, right]: Rule) =>
    left + columns.map(column => line.repeat(column.width)).join(cross) + right
  const rows = overview.rows.map(row => {
    const cells = columns.map(column => column.cells(row).join(', ') || '-')
    return block(cells, columns, box.side)
  })
  return [
    `Model: "${overview.name}"`,
    rule(box.top),
    block(
      columns.map(column => column.title),
      columns,
      box.headSide,
    ),
    rule(box.belowHead),
    rows.join(`\n${rule(box.between)}\n`),
    rule(box.bottom),
    ...totals(overview, options),
  ].join('\n')
}

/**
 * Makes room for the borders: columns are asked for with a blank on either side, and what is then too much is taken
 * from all of them alike, as Keras' table printer (Rich) does it.
 */
function fitBorders(columns: readonly Column[]): Column[] {
  let excess = 2 * columns.length + columns.length + 1
  return columns.map((column, i) => {
    const less = roundHalfEven(excess / (columns.length - i))
    excess -= less
    return { ...column, width: column.width + 2 - less }
  })
}

/** Python's rounding. */
function roundHalfEven(value: number): number {
  const below = Math.floor(value)
  if (value - below !== 0.5) return Math.round(value)
  return below % 2 === 0 ? below : below + 1
}

/** The lines of one row, each cell wrapped into its column. */
function block(cells: readonly string[], columns: readonly Column[], side: string): string {
  const wrapped = cells.map((cell, i) => wrap(cell, columns[i]!.width - 2))
  const height = Math.max(...wrapped.map(lines => lines.length))
  return Array.from({ length: height }, (_, line) => {
    const fields = columns.map((column, i) => field(wrapped[i]![line] ?? '', column))
    return `${side} ${fields.join(` ${side} `)} ${side}`
  }).join('\n')
}

const field = (text: string, { width, align }: Column): string =>
  align === 'right' ? text.padStart(width - 2) : text.padEnd(width - 2)

function totals(
  { rows, trainable, nonTrainable }: Overview,
  { wide, optimizerParams }: Keras3Options,
): string[] {
  const line = (what: string, count: number) =>
    ` ${what}: ${formatCount(count)} (${formatBytes(count * bytesPerNumber)})`
  const lines = [
    line('Total params', trainable + nonTrainable + (optimizerParams ?? 0)),
    line('Trainable params', trainable),
    line('Non-trainable params', nonTrainable),
  ]
  if (optimizerParams !== undefined) lines.push(line('Optimizer params', optimizerParams))
  if (!wide) return lines
  return [
    ...lines,
    ` Multiply-adds of one picture: ${formatCount(total(rows, 'multiplyAdds'))}`,
    ` Outputs of one picture: ${formatBytes(total(rows, 'bytes'))}`,
  ]
}
