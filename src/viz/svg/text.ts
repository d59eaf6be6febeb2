import { graphemesOf, isEmoji, isMark } from '../../base/graphemes.js'
import { el, escapeText } from './element.js'
import { letterWidth } from './letter-widths.js'
import { type InkName, paint } from './theme.js'

/** Arimo has the widths of Arial and Helvetica, so what is measured here holds in browsers without it. */
export const fontFamily = "Arimo, Arial, Helvetica, 'Liberation Sans', sans-serif"

export interface TextStyle {
  /** Default 12. */
  readonly size?: number
  readonly weight?: 'normal' | 'bold'
}

export interface LabelOptions extends TextStyle {
  /** Default `ink`. */
  readonly ink?: InkName
  /** A colour of data (see `inkOn`) instead of an ink. */
  readonly colour?: string
  /** Default `start`. */
  readonly anchor?: 'start' | 'middle' | 'end'
  /** What y is: the line letters stand on, or the middle of capitals and digits. Default `baseline`. */
  readonly align?: 'baseline' | 'middle'
  /** Degrees clockwise around (x, y). */
  readonly rotate?: number
}

/** Height of capitals and digits, in sizes. */
const capHeight = 0.69

/** One line of text. */
export function label(x: number, y: number, text: string, options: LabelOptions = {}): string {
  const { size = 12, weight, ink = 'ink', colour, anchor = 'start', align = 'baseline', rotate } = options
  const baseline = align === 'middle' ? y + (capHeight * size) / 2 : y
  return el(
    'text',
    {
      x,
      y: baseline,
      'font-size': size,
      'font-weight': weight === 'bold' ? 700 : undefined,
      'text-anchor': anchor === 'start' ? undefined : anchor,
      transform: rotate === undefined ? undefined : `rotate(${rotate} ${x} ${y})`,
      ...(colour === undefined ? paint({ fill: ink }) : { fill: colour }),
    },
    escapeText(text),
  )
}

/** Lines of text below each other; (x, y) is where the first stands. `lineHeight` in sizes, default 1.35. */
export const labels = (
  x: number,
  y: number,
  lines: readonly string[],
  options: LabelOptions & { readonly lineHeight?: number } = {},
): string => {
  const { lineHeight = 1.35, ...style } = options
  return lines.map((line, i) => label(x, y + i * lineHeight * (style.size ?? 12), line, style)).join('')
}

/** The width of a text in units: exact for letters of Arimo, an estimate for those that another font draws. */
export function textWidth(text: string, { size = 12, weight = 'normal' }: TextStyle = {}): number {
  let thousandths = 0
  for (const grapheme of graphemesOf(text)) thousandths += graphemeWidth(grapheme, weight)
  return (thousandths * size) / 1000
}

/** Breaks a text between words into lines of at most `width` units; a longer word has a line of its own. */
export function wrapText(text: string, width: number, style: TextStyle = {}): string[] {
  const lines: string[] = []
  for (const word of text.split(/\s+/)) {
    const longer = lines.length > 0 ? `${lines.at(-1)} ${word}` : word
    if (lines.length > 0 && textWidth(longer, style) <= width) lines[lines.length - 1] = longer
    else lines.push(word)
  }
  return lines
}

/** The text, cut with an ellipsis where it is wider than `width` units; never within a letter with its marks or an emoji. */
export function fitText(text: string, width: number, style: TextStyle = {}): string {
  if (textWidth(text, style) <= width) return text
  const kept = graphemesOf(text)
  while (kept.length > 0 && textWidth(`${kept.join('')}…`, style) > width) kept.pop()
  return `${kept.join('').trimEnd()}…`
}

/** In thousandths of the size. */
function graphemeWidth(grapheme: string, weight: 'normal' | 'bold'): number {
  if (isEmoji(grapheme)) return emojiWidth
  let width = 0
  for (const character of grapheme) width += isMark(character) ? 0 : characterWidth(character, weight)
  return width
}

const characterWidth = (character: string, weight: 'normal' | 'bold'): number =>
  letterWidth(character, weight) ?? (narrowScripts.test(character) ? narrowWidth : squareWidth)

/** Emoji fonts draw wider than high: Noto Color Emoji 1.25, Segoe UI Emoji 1.37 sizes. */
const emojiWidth = 1300

/** Chinese, Japanese and Korean characters are squares; of what nobody knows no more is taken for granted than of them. */
const squareWidth = 1000

/** The mean width of the letters of these scripts is 0.58 to 0.74 sizes in Noto Sans, and in a word Arabic ones are joined. */
const narrowWidth = 750
const narrowScripts =
  /[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Armenian}\p{Script=Georgian}\p{Script=Ethiopic}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Gurmukhi}\p{Script=Gujarati}\p{Script=Oriya}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}]/u
