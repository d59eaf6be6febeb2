import { stripVTControlCharacters } from 'node:util'
import { columnsOf } from '../../base/columns.js'

/** Blocks of lines next to each other, each padded to `columns` letters; colours take no room. */
export function sideBySide(blocks: readonly (readonly string[])[], columns: number, gap = '  '): string[] {
  const rows = Math.max(...blocks.map(block => block.length))
  return Array.from({ length: rows }, (_, row) =>
    blocks
      .map(block => block[row] ?? '')
      .map((line, i) => (i < blocks.length - 1 ? padded(line, columns) : line))
      .join(gap)
      .trimEnd(),
  )
}

const padded = (line: string, columns: number): string =>
  line + ' '.repeat(Math.max(0, columns - columnsOf(stripVTControlCharacters(line))))

/** Breaks a text between words into lines of at most `columns` letters. */
export function wrapWords(text: string, columns: number): string {
  const lines: string[] = []
  for (const word of text.split(/\s+/)) {
    const longer = `${lines.at(-1)} ${word}`
    if (lines.length > 0 && columnsOf(longer) <= columns) lines[lines.length - 1] = longer
    else lines.push(word)
  }
  return lines.join('\n')
}
