import { columnsOf, padRight } from '../../base/columns.js'
import { OptionError } from '../../base/errors.js'
import { unknownName } from '../../base/nearest.js'
import type { Grid } from '../../explain/planes.js'
import { shortNumber } from '../../viz/svg/numbers.js'

/**
 * The rows of numbers somebody typed: `0 -1 0; -1 5 -1; 0 -1 0`, blanks or commas between numbers.
 *
 * @throws OptionError for what is no number, and for rows that differ in length
 */
export function readGrid(option: string, text: string): Grid {
  const rows = text
    .split(/[;\n]/)
    .map(row => row.split(/[\s,]+/).filter(Boolean))
    .filter(row => row.length > 0)
  const example = `For example: ${option} "0 -1 0; -1 5 -1; 0 -1 0"`
  if (rows.length === 0)
    throw new OptionError(`${option} should hold rows of numbers, but is empty.`, example)
  const stray = rows.flat().find(word => !Number.isFinite(Number(word)))
  if (stray !== undefined) throw new OptionError(`${option}: "${stray}" is not a number.`, example)
  const crooked = rows.findIndex(row => row.length !== rows[0]!.length)
  if (crooked > 0)
    throw new OptionError(
      `${option}: the first row has ${countOf(rows[0]!)}, but row ${crooked + 1} has ${countOf(rows[crooked]!)}.`,
      'Rows need the same length; a semicolon ends a row.',
    )
  return rows.map(row => row.map(Number))
}

const countOf = ({ length }: readonly string[]): string => (length === 1 ? '1 number' : `${length} numbers`)

/** `row,column`, both counted from 0. */
export function readPosition(text: string): [row: number, column: number] {
  const match = /^(\d+)[,\s]+(\d+)$/.exec(text.trim())
  if (match) return [Number(match[1]), Number(match[2])]
  throw new OptionError(
    `--at should be a row and a column, counted from 0, but is "${text}".`,
    'For example: --at 3,4',
  )
}

/** `32` or `24x32`: height and width. */
export function readSize(option: string, text: string): [height: number, width: number] {
  const match = /^(\d+)(?:[x×](\d+))?$/.exec(text.trim())
  const sizes = match ? [Number(match[1]), Number(match[2] ?? match[1])] : []
  if (sizes.length === 2 && sizes.every(size => size >= 1 && size <= 4096)) return [sizes[0]!, sizes[1]!]
  throw new OptionError(
    `${option} should be a height and a width of 1 to 4096, but is "${text}".`,
    `For example: ${option} 24x32`,
  )
}

const paddings = ['valid', 'same'] as const

export function readPadding(text: string): (typeof paddings)[number] {
  const known = paddings.find(padding => padding === text.toLowerCase())
  if (known === undefined) throw unknownName('padding', text, paddings)
  return known
}

/** Refuses two options of which only one can hold. */
export function refuseBoth(first: string, second: string, both: boolean): void {
  if (both) throw new OptionError(`${first} and ${second} cannot both be used.`, 'Leave one of them out.')
}

/** Part of a grid in brackets. */
export interface Marked {
  readonly top: number
  readonly left: number
  readonly height: number
  readonly width: number
}

/**
 * Rows of numbers as aligned lines. What is not there yet is a dot; the marked rectangle stands in brackets, line by line.
 */
export function gridLines(rows: readonly (readonly (number | null)[])[], marked?: Marked): string[] {
  const texts = rows.map(row => row.map(value => (value === null ? '·' : shortNumber(value))))
  const width = Math.max(...texts.flat().map(text => text.length))
  const isMarked = (row: number) =>
    marked !== undefined && row >= marked.top && row < marked.top + marked.height
  const edge = (row: number, column: number) => {
    if (!isMarked(row)) return ' '
    if (column === marked!.left) return '['
    return column === marked!.left + marked!.width ? ']' : ' '
  }
  return texts.map((row, r) =>
    `${row.map((text, c) => edge(r, c) + text.padStart(width)).join(' ')}${edge(r, row.length)}`.trimEnd(),
  )
}

/** Blocks of lines side by side, each under its title. */
export function besideEachOther(
  blocks: readonly { readonly title: string; readonly lines: readonly string[] }[],
): string {
  const columns = blocks.map(({ title, lines }) => [title, ...lines])
  const widths = columns.map(lines => Math.max(...lines.map(columnsOf)))
  const height = Math.max(...columns.map(lines => lines.length))
  return Array.from({ length: height }, (_, i) =>
    columns
      .map((lines, c) => padRight(lines[i] ?? '', widths[c]!))
      .join('   ')
      .trimEnd(),
  ).join('\n')
}
