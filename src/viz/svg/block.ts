import { group } from './element.js'
import { label, labels, type TextStyle, textWidth, wrapText } from './text.js'
import type { InkName } from './theme.js'

/** A piece of a drawing that knows its size; its upper left corner is (0, 0). */
export interface Block {
  readonly width: number
  readonly height: number
  /** SVG text */
  readonly body: string
}

/** Blocks side by side, their tops aligned. */
export function across(blocks: readonly Block[], gap: number): Block {
  let x = -gap
  let body = ''
  for (const block of blocks) {
    x += gap
    body += group(x, 0, block.body)
    x += block.width
  }
  return { width: Math.max(0, x), height: Math.max(0, ...blocks.map(({ height }) => height)), body }
}

/** Blocks below each other, their left sides aligned. */
export function down(blocks: readonly Block[], gap: number): Block {
  let y = -gap
  let body = ''
  for (const block of blocks) {
    y += gap
    body += group(0, y, block.body)
    y += block.height
  }
  return { width: Math.max(0, ...blocks.map(({ width }) => width)), height: Math.max(0, y), body }
}

/** A block with room around it. */
export const framed = ({ width, height, body }: Block, room: number): Block => ({
  width: width + 2 * room,
  height: height + 2 * room,
  body: group(room, room, body),
})

interface Lettering extends TextStyle {
  readonly ink?: InkName
}

/** A heading above a block. */
export function titled(
  title: string,
  block: Block,
  style: Lettering & { readonly gap?: number } = {},
): Block {
  const { size = 12, weight = 'bold', ink = 'ink', gap = 6 } = style
  const text = {
    width: textWidth(title, { size, weight }),
    height: size,
    body: label(0, size * 0.8, title, { size, weight, ink }),
  }
  return down([text, block], gap)
}

/** Readers without Arimo, Arial and Helvetica see wider letters: a line is filled so far that these fit, too. */
export const slack = 0.92

/** A text broken into lines of at most `width`. */
export function paragraph(text: string, width: number, style: Lettering = {}): Block {
  const { size = 12 } = style
  const lines = wrapText(text, width * slack, style)
  const lineHeight = 1.35
  return {
    width: Math.max(...lines.map(line => textWidth(line, style))),
    height: (lines.length - 1) * lineHeight * size + size * 1.1,
    body: labels(0, size * 0.85, lines, { ...style, lineHeight }),
  }
}
