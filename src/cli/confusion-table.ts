import { type Confusion, mostConfused } from '../viz/most-confused.js'

/** Letters of a class name above a column. */
const shortest = 4

/** Classes beside each other on a terminal of 80 columns, with numbers of four digits. */
const mostClasses = 10

/**
 * A confusion matrix for the terminal: rows show the true class, columns what it was taken for, and `[712]` is what was
 * recognised. Of many classes only those that are confused most often are shown, which a last line says.
 */
export function formatConfusion(confusion: Confusion): string {
  const { classNames, counts, of } = mostConfused(confusion, mostClasses)
  const widest = Math.max(shortest, ...counts.flat().map(count => String(count).length))
  const nameWidth = Math.min(18, Math.max(...classNames.map(name => name.length)))
  const line = (name: string, row: readonly string[]) =>
    `${name.slice(0, nameWidth).padEnd(nameWidth)} ${row.join('')}`.trimEnd()
  const titles = classNames.map(name => ` ${name.slice(0, widest).padStart(widest)} `)
  const rows = counts.map((row, r) =>
    line(
      classNames[r]!,
      row.map((count, c) => cell(count, widest, r === c)),
    ),
  )
  return [
    'Rows: the true class; columns: what it was taken for; in brackets: recognised',
    line('', titles),
    '─'.repeat(nameWidth + 1 + titles.length * (widest + 2)),
    ...rows,
    ...(of > classNames.length
      ? [`The ${classNames.length} of ${of} classes that are confused most often.`]
      : []),
  ].join('\n')
}

function cell(count: number, width: number, right: boolean): string {
  if (right) return `[${count}]`.padStart(width + 2)
  return ` ${count === 0 ? '·' : count} `.padStart(width + 2)
}
