import { graphemesOf, isEmoji, isMark, isWide } from './graphemes.js'

/** The columns of a terminal a text takes: two for a Chinese, Japanese or Korean character and for an emoji. */
export const columnsOf = (text: string): number =>
  graphemesOf(text).reduce((sum, grapheme) => sum + columnsOfGrapheme(grapheme), 0)

function columnsOfGrapheme(grapheme: string): number {
  if (isEmoji(grapheme)) return 2
  let columns = 0
  for (const character of grapheme) columns += isMark(character) ? 0 : isWide(character) ? 2 : 1
  return columns
}

/** The text with blanks behind it, `columns` wide. What is wider stays as it is. */
export const padRight = (text: string, columns: number): string => text + blanks(text, columns)

/** The text with blanks before it, `columns` wide. What is wider stays as it is. */
export const padLeft = (text: string, columns: number): string => blanks(text, columns) + text

const blanks = (text: string, columns: number): string => ' '.repeat(Math.max(0, columns - columnsOf(text)))

/** As much of a text's beginning as `columns` have room for; no character is cut in two. */
export function beginningOf(text: string, columns: number): string {
  let kept = ''
  let room = columns
  for (const grapheme of graphemesOf(text)) {
    room -= columnsOfGrapheme(grapheme)
    if (room < 0) break
    kept += grapheme
  }
  return kept
}

/** The text, cut with an ellipsis where it is wider than `columns`. */
export const fitColumns = (text: string, columns: number): string =>
  columnsOf(text) <= columns ? text : `${beginningOf(text, columns - 1)}…`
