import { type Block, down } from './block.js'
import { el, group } from './element.js'
import { label, textWidth } from './text.js'
import { paint } from './theme.js'

const style = { size: 13, weight: 'bold' } as const
const bracketWidth = 6

/** The strokes of the brackets for rounding, which few letterings have. */
const brackets: Readonly<Record<string, string>> = {
  '⌈': 'M5.5 -10H2V3',
  '⌉': 'M0.5 -10H4V3',
  '⌊': 'M2 -10V3H5.5',
  '⌋': 'M4 -10V3H0.5',
}

/** Formulas, one below the other where they come separated by `; `. Brackets for rounding are drawn. */
export function formulaBlock(text: string, width: number): Block {
  const lines = text.split('; ').map(line => ({ width, height: 16, body: group(0, 12, formulaLine(line)) }))
  return down(lines, 4)
}

function formulaLine(text: string): string {
  let x = 0
  let body = ''
  for (const part of text.split(/([⌈⌉⌊⌋])/).filter(Boolean)) {
    const bracket = brackets[part]
    body += bracket === undefined ? words(x, part) : bracketAt(x, bracket)
    x += bracket === undefined ? textWidth(part, style) : bracketWidth
  }
  return body
}

/** A blank at the beginning of a text is not drawn, so it moves the text. */
const words = (x: number, part: string): string => {
  const blanks = part.length - part.trimStart().length
  return label(x + textWidth(' '.repeat(blanks), style), 0, part.trim(), style)
}

const bracketAt = (x: number, d: string): string =>
  group(x, 0, el('path', { d, ...paint({ fill: 'none', stroke: 'ink' }), 'stroke-width': 1.5 }))
