import { beside, Drawing, stacked } from '../svg/drawing.js'
import { labels, wrapText } from '../svg/text.js'
import { panel } from './frame.js'

/** A panel as a drawing of its own. */
export const panelDrawing = (title: string, body: string): Drawing =>
  new Drawing({ width: panel.width, height: panel.height, title, description: title, body })

/** Panels beside or below each other, and what stands below them. */
export function arranged(
  panels: readonly Drawing[],
  below: readonly Drawing[],
  { arrange, title, description }: { arrange: 'row' | 'column'; title: string; description: string },
): Drawing {
  const pair = arrange === 'row' ? beside(panels, { title, gap: 16 }) : stacked(panels, { title, gap: 12 })
  return stacked([pair, ...below], { title, description, gap: 0 })
}

/** Sentences across `width` units: the first as text, the others muted. */
export function sentences(width: number, text: string, notes: string): Drawing {
  const main = text === '' ? [] : wrapText(text, width - 24, { size: 13 })
  const small = notes === '' ? [] : wrapText(notes, width - 24, { size: 11 })
  const top = 14 + main.length * 18
  return new Drawing({
    width,
    height: top + small.length * 15 + 8,
    title: 'Verdict',
    description: text,
    body: [
      labels(12, 18, main, { size: 13, lineHeight: 18 / 13 }),
      labels(12, top + 10, small, { size: 11, ink: 'muted', lineHeight: 15 / 11 }),
    ].join(''),
  })
}
