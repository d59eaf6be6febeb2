import { formatCount } from '../base/format.js'
import { showName } from '../node/folder/show-name.js'
import { type Confusion, mostConfused } from '../viz/most-confused.js'

/** Letters of a class name above a column. */
const shortest = 4

/** Letters of a class name before a row. */
const longest = 18

/** Columns of a terminal. */
const screen = 80

/**
 * A confusion matrix for the terminal: rows show the true class, columns what it was taken for, and `[712]` is what was
 * recognised. Of many classes only those that are confused most often are shown, which a last line says.
 */
export function formatConfusion({ classNames: names, ...confusion }: Confusion): string {
  const shown = names.map(showName)
  const nameWidth = Math.min(longest, Math.max(...shown.map(name => name.length)))
  const widest = Math.max(shortest, ...confusion.counts.flat().map(count => formatCount(count).length))
  const room = Math.floor((screen - nameWidth - 1) / (widest + 2))
  const { classNames, counts, of } = mostConfused({ classNames: shown, ...confusion }, room)
  const line = (name: string, row: readonly string[]) =>
    `${beginning(name, nameWidth).padEnd(nameWidth)} ${row.join('')}`.trimEnd()
  const titles = classNames.map(name => ` ${beginning(name, widest).padStart(widest)} `)
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

/** At most so long, and no half of a letter that takes two places. */
function beginning(name: string, length: number): string {
  let short = ''
  for (const letter of name) {
    if (short.length + letter.length > length) break
    short += letter
  }
  return short
}

function cell(count: number, width: number, right: boolean): string {
  if (right) return `[${formatCount(count)}]`.padStart(width + 2)
  return ` ${count === 0 ? '·' : formatCount(count)} `.padStart(width + 2)
}
