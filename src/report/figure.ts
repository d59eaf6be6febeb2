import type { Drawing } from '../viz/svg/drawing.js'
import { escapeText } from '../viz/svg/element.js'

/** What a phone shows without moving it sideways, in units. */
const phoneWidth = 440

/** A drawing with its text alternative below it. */
export function figure(drawing: Drawing, { caption = true }: { readonly caption?: boolean } = {}): string {
  const text = caption ? `<figcaption>${escapeText(drawing.description)}</figcaption>` : ''
  const place = drawing.width > phoneWidth ? 'scroll' : 'whole'
  return `<figure><div class="${place}">${drawing.toInlineSvg()}</div>${text}</figure>`
}
