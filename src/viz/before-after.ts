import { el } from './svg/element.js'
import { label, labels, wrapText } from './svg/text.js'
import { paint } from './svg/theme.js'

/** Units: a panel is as wide as a phone shows. */
export const panelWidth = 400
const margin = 12
const middle = 16

/** What stands in one half of a panel. */
export interface Half {
  /** `before training` */
  readonly title: string
  /** SVG from (0, 0) on, and how high it is. */
  readonly body: (x: number, y: number) => string
  readonly height: number
  /** Sentences below it. */
  readonly notes: readonly string[]
}

/** The width a half has: that of the whole panel where it stands alone. */
export const halfWidth = (count: number): number =>
  count === 1 ? panelWidth - 2 * margin : (panelWidth - 2 * margin - middle) / 2

const titleHeight = 16
const noteSize = 11
const lineHeight = noteSize * 1.35

/** Halves beside each other from `y` on, titles above and notes below them. */
export function halves(
  y: number,
  parts: readonly Half[],
): { readonly body: string; readonly bottom: number } {
  const width = halfWidth(parts.length)
  const height = Math.max(...parts.map(part => part.height))
  const notesTop = y + titleHeight + height + 17
  const notes = parts.map(part => part.notes.flatMap(note => wrapText(note, width, { size: noteSize })))
  const body = parts.map((part, i) => {
    const x = margin + i * (width + middle)
    return [
      label(x, y + 9, part.title, { size: 11, weight: 'bold', ink: 'muted' }),
      part.body(x, y + titleHeight),
      labels(x, notesTop, notes[i]!, { size: noteSize, ink: 'muted' }),
    ].join('')
  })
  const lines = Math.max(...notes.map(lines => lines.length))
  return { body: body.join(''), bottom: lines === 0 ? notesTop - 8 : notesTop + lines * lineHeight - 4 }
}

/** Name and what is known of it, over a thin line; 34 units high. */
export const panelHeading = (name: string, facts: string): string =>
  [
    label(margin, 19, name, { size: 13, weight: 'bold' }),
    label(panelWidth - margin, 19, facts, { size: 11, ink: 'muted', anchor: 'end' }),
    el('path', { d: `M${margin} 27H${panelWidth - margin}`, ...paint({ stroke: 'grid' }) }),
  ].join('')

export const headingHeight = 34
