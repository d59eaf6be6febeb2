import { beginningOf, columnsOf, padLeft, padRight } from '../base/columns.js'
import { formatCount } from '../base/format.js'
import { showName } from '../node/folder/show-name.js'
import { type Confusion, mostConfused } from '../viz/most-confused.js'

/** Columns of the terminal for a class name above its numbers, at least. */
const shortest = 4

/** Columns of the terminal for a class name before a row, at most. */
const longest = 18

/** Columns of a terminal. */
const screen = 80

/**
 * A confusion matrix for the terminal: rows show the true class, columns what it was taken for, and `[712]` is what was
 * recognised. Of many classes only those that are confused most often are shown, which a last line says.
 */
export function formatConfusion({ classNames: names, ...confusion }: Confusion): string {
  const shown = names.map(showName)
  const nameWidth = Math.min(longest, Math.max(...shown.map(columnsOf)))
  const widest = Math.max(shortest, ...confusion.counts.flat().map(count => formatCount(count).length))
  const room = Math.floor((screen - nameWidth - 1) / (widest + 2))
  const { classNames, counts, of } = mostConfused({ classNames: shown, ...confusion }, room)
  const line = (name: string, row: readonly string[]) =>
    `${padRight(beginningOf(name, nameWidth), nameWidth)} ${row.join('')}`.trimEnd()
  const titles = classNames.map(name => ` ${padLeft(beginningOf(name, widest), widest)} `)
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
  if (right) return `[${formatCount(count)}]`.padStart(width + 2)
  return ` ${count === 0 ? '·' : formatCount(count)} `.padStart(width + 2)
}
