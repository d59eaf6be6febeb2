import { el, escapeText } from './element.js'
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

/** The width of a text in units. */
export function textWidth(text: string, { size = 12, weight = 'normal' }: TextStyle = {}): number {
  let thousandths = 0
  for (const letter of text) thousandths += widthOf(letter, weight)
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

/** The text, cut with an ellipsis where it is wider than `width` units. */
export function fitText(text: string, width: number, style: TextStyle = {}): string {
  if (textWidth(text, style) <= width) return text
  let kept = text
  while (kept !== '' && textWidth(`${kept}…`, style) > width) kept = kept.slice(0, -1)
  return `${kept.trimEnd()}…`
}

function widthOf(letter: string, weight: 'normal' | 'bold'): number {
  const table = weight === 'bold' ? boldWidths : normalWidths
  return table[letter.codePointAt(0)! - 32] ?? otherWidths[letter] ?? 1000
}

// Advance widths of Arimo in thousandths of the size, from the blank (32) to the tilde (126).
// biome-ignore format: a table
const normalWidths = [
  278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556, 556,
  556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778,
  667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556, 556, 278, 556,
  556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
]
// biome-ignore format: a table
const boldWidths = [
  278, 333, 474, 556, 556, 889, 722, 238, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556, 556,
  556, 556, 333, 333, 584, 584, 584, 611, 975, 722, 722, 722, 722, 667, 611, 778, 722, 278, 556, 722, 611, 833, 722, 778,
  667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 333, 278, 333, 584, 556, 333, 556, 611, 556, 611, 556, 333, 611,
  611, 278, 278, 556, 278, 889, 611, 611, 611, 611, 389, 556, 333, 611, 556, 778, 556, 556, 500, 389, 280, 389, 584,
]
const otherWidths: Readonly<Record<string, number>> = {
  '×': 584,
  '−': 584,
  '±': 549,
  '·': 333,
  '–': 556,
  '°': 400,
  σ: 617,
  '≤': 549,
  '≥': 549,
  '≈': 549,
  '²': 333,
  Σ: 618,
  Δ: 668,
  '↑': 500,
  '↓': 500,
}
