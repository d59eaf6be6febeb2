import { formatBytes, formatCount } from '../../base/format.js'
import { type Column, columnsOf, type Layout } from './columns.js'
import { formatKerasShape, type Overview, total } from './overview.js'

const plain: Layout = { width: 65, stops: [0.45, 0.85, 1] }
const connected: Layout = { width: 98, stops: [0.33, 0.55, 0.67, 1] }

/**
 * The table as tf.keras 2.0 to 2.6 printed it: 65 letters wide, 98 with connections. What does not fit its column is
 * cut, one blank before the next column always stays, and every line is padded to the full width.
 */
export function classicSummary(overview: Overview, wide: boolean, width?: number): string {
  const layout = overview.branching ? connected : plain
  const columns = columnsOf(overview, { ...layout, width: width ?? layout.width }, wide, {
    shape: row => (row.isInput ? `[${formatKerasShape(row.shape)}]` : formatKerasShape(row.shape)),
    params: row => String(row.params),
  })
  const rule = (line: string) => line.repeat(columns.reduce((sum, column) => sum + column.width, 0))
  const rows = overview.rows.map(row =>
    block(
      columns.map(column => column.cells(row)),
      columns,
    ),
  )
  return [
    `Model: "${overview.name}"`,
    rule('_'),
    block(
      columns.map(column => [column.title]),
      columns,
    ),
    rule('='),
    rows.join(`\n${rule('_')}\n`),
    rule('='),
    ...totals(overview, wide),
    rule('_'),
  ].join('\n')
}

/** The lines of one row; cells of several lines continue below. */
function block(cells: readonly (readonly string[])[], columns: readonly Column[]): string {
  const height = Math.max(1, ...cells.map(lines => lines.length))
  return Array.from({ length: height }, (_, i) =>
    alignLeft(
      cells.map(lines => lines[i] ?? ''),
      columns,
    ),
  ).join('\n')
}

/** Each field is cut at the end of its column; the last letter before a further field becomes a blank. */
function alignLeft(fields: readonly string[], columns: readonly Column[]): string {
  let line = ''
  let end = 0
  fields.forEach((field, i) => {
    end += columns[i]!.width
    line = ((i > 0 ? `${line.slice(0, -1)} ` : '') + field).slice(0, end).padEnd(end)
  })
  return line
}

function totals({ rows, trainable, nonTrainable }: Overview, wide: boolean): string[] {
  const lines = [
    `Total params: ${formatCount(trainable + nonTrainable)}`,
    `Trainable params: ${formatCount(trainable)}`,
    `Non-trainable params: ${formatCount(nonTrainable)}`,
  ]
  if (!wide) return lines
  return [
    ...lines,
    `Multiply-adds of one picture: ${formatCount(total(rows, 'multiplyAdds'))}`,
    `Outputs of one picture: ${formatBytes(total(rows, 'bytes'))}`,
  ]
}
