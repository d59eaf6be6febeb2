import { columnsOf, padLeft, padRight } from '../base/columns.js'

/** How the cells of a column stand. */
export type Align = 'left' | 'right'

/**
 * Rows of texts as a table for the terminal: columns as wide as their widest cell, two blanks apart, a line under the
 * titles. A column is aligned to the right unless `align` says otherwise; the first, which names things, to the left.
 */
export function formatTable(
  titles: readonly string[],
  rows: readonly (readonly string[])[],
  align: readonly Align[] = ['left'],
): string {
  const widths = titles.map((title, column) =>
    Math.max(columnsOf(title), ...rows.map(row => columnsOf(row[column] ?? ''))),
  )
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, i) => (align[i] === 'left' ? padRight(cell, widths[i]!) : padLeft(cell, widths[i]!)))
      .join('  ')
      .trimEnd()
  const rule = '─'.repeat(widths.reduce((sum, width) => sum + width + 2, -2))
  return [line(titles), rule, ...rows.map(line)].join('\n')
}
