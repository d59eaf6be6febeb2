export type Align = 'left' | 'right'

/** A Markdown table that reads as well unrendered: columns as wide as their widest cell. */
export function markdownTable(
  titles: readonly string[],
  rows: readonly (readonly string[])[],
  align: readonly Align[] = [],
): string {
  const widths = titles.map((title, column) =>
    Math.max(3, title.length, ...rows.map(row => row[column]?.length ?? 0)),
  )
  const isRight = (column: number) => align[column] === 'right'
  const line = (cells: readonly string[]) =>
    `| ${widths.map((width, i) => (isRight(i) ? (cells[i] ?? '').padStart(width) : (cells[i] ?? '').padEnd(width))).join(' | ')} |`
  const rule = widths.map((width, i) => (isRight(i) ? `${'-'.repeat(width - 1)}:` : '-'.repeat(width)))
  return [line(titles), line(rule), ...rows.map(line)].join('\n')
}
