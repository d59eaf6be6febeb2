import { el, short } from '../svg/element.js'
import { label, textWidth, wrapText } from '../svg/text.js'
import { paint } from '../svg/theme.js'
import { labelOf, type Part } from './parts.js'

/** A part of the network within a row of panels. */
export interface Bracket {
  readonly part: Part
  readonly left: number
  readonly right: number
  /** Whether the part begins or ends here; an end without a tick goes on in another row. */
  readonly begins: boolean
  readonly ends: boolean
}

const style = { size: 12, weight: 'bold' } as const
const lineHeight = 15
const tick = 6
/** Between the words and the line, and between the line's ticks and the panels. */
const [above, below] = [6, 10]

/** The height that the brackets of a row take; 0 for none. */
export const bracketsHeight = (brackets: readonly Bracket[]): number =>
  brackets.length === 0 ? 0 : wordsHeight(brackets) + above + tick + below

const wordsHeight = (brackets: readonly Bracket[]): number =>
  lineHeight * Math.max(...brackets.map(bracket => linesOf(bracket).length))

/** How far words may reach beyond their bracket, both ends together: neighbours are further apart than that. */
const overhang = 20

/** Words stand on as many lines as the bracket's width asks for. */
const linesOf = ({ part, left, right }: Bracket): string[] =>
  wrapText(labelOf(part), right - left + overhang, style)

/** The brackets of a row, below `top`; no word beyond `edges`. */
export function drawBrackets(
  brackets: readonly Bracket[],
  top: number,
  edges: readonly [left: number, right: number],
): string {
  const y = top + wordsHeight(brackets) + above
  return brackets.map(bracket => drawBracket(bracket, y, edges)).join('')
}

function drawBracket(bracket: Bracket, y: number, [least, most]: readonly [number, number]): string {
  const { left, right, begins, ends } = bracket
  const lines = linesOf(bracket)
  const half = Math.max(...lines.map(line => textWidth(line, style))) / 2
  const middle = Math.min(Math.max((left + right) / 2, least + half), most - half)
  const path = [
    begins ? `M${short(left)} ${short(y + tick)}V${short(y)}` : `M${short(left)} ${short(y)}`,
    `H${short(right)}`,
    ends ? `V${short(y + tick)}` : '',
  ].join('')
  const words = lines.map((line, i) =>
    label(middle, y - above - (lines.length - 1 - i) * lineHeight, line, { ...style, anchor: 'middle' }),
  )
  return [
    el('path', { d: path, fill: 'none', ...paint({ stroke: 'muted' }), 'stroke-width': 1.25 }),
    ...words,
  ].join('')
}
