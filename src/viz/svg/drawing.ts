import { el, escapeText, group, short } from './element.js'
import { fontFamily, label, labels, wrapText } from './text.js'
import { paint, styleSheet, type Theme } from './theme.js'

export interface DrawingParts {
  /** Units: pixels at scale 1. */
  readonly width: number
  readonly height: number
  /** A few words: the SVG's `<title>`. */
  readonly title: string
  /** What a sighted person takes away, with the numbers: the SVG's `<desc>`. */
  readonly description: string
  /** SVG text in the coordinates 0 … width, 0 … height. */
  readonly body: string
}

/** A drawing that can be written as SVG, or put beside others. It never changes. */
export class Drawing {
  readonly width: number
  readonly height: number
  readonly title: string
  readonly description: string
  readonly body: string

  constructor({ width, height, title, description, body }: DrawingParts) {
    this.width = Math.ceil(width)
    this.height = Math.ceil(height)
    this.title = title
    this.description = description
    this.body = body
  }

  /** The SVG as text: light, and dark where the reader prefers that. */
  get svg(): string {
    return this.toSvg()
  }

  /** The SVG as text, with the ground it is seen on. */
  toSvg({ theme = 'auto' }: { readonly theme?: Theme } = {}): string {
    const { width, height, title, description } = this
    const ground = el('rect', { width, height, ...paint({ fill: 'paper' }) })
    return this.inSvg(
      el('title', {}, escapeText(title)),
      el('desc', {}, escapeText(description)),
      el('style', {}, styleSheet(theme)),
      ground,
    )
  }

  /** The SVG as a part of a page, which has the style sheet and the ground. Its text alternative is an attribute. */
  toInlineSvg(): string {
    return this.inSvg(el('title', {}, escapeText(this.title)))
  }

  private inSvg(...head: readonly string[]): string {
    const { width, height, title, description } = this
    const attributes = {
      xmlns: 'http://www.w3.org/2000/svg',
      viewBox: `0 0 ${width} ${height}`,
      width,
      height,
      role: 'img',
      'aria-label': `${title}. ${description}`,
      'font-family': fontFamily,
    }
    return `${el('svg', attributes, ...head, this.body)}\n`
  }
}

export interface Composition {
  readonly title: string
  /** Default: the descriptions of the parts, one after the other. */
  readonly description?: string
  /** Units between the parts. Default 24. */
  readonly gap?: number
  /** Written above; default: nothing is. */
  readonly heading?: string
  /** A sentence or two written below, wrapped. */
  readonly caption?: string
}

/** Drawings side by side, their tops aligned. */
export const beside = (drawings: readonly Drawing[], composition: Composition): Drawing =>
  compose(drawings, composition, 'row')

/** Drawings below each other, their left sides aligned. */
export const stacked = (drawings: readonly Drawing[], composition: Composition): Drawing =>
  compose(drawings, composition, 'column')

function compose(
  drawings: readonly Drawing[],
  { title, description, gap = 24, heading, caption }: Composition,
  direction: 'row' | 'column',
): Drawing {
  const inRow = direction === 'row'
  const along = (drawing: Drawing) => (inRow ? drawing.width : drawing.height)
  const across = (drawing: Drawing) => (inRow ? drawing.height : drawing.width)
  const length = drawings.reduce((sum, drawing) => sum + along(drawing) + gap, -gap)
  const breadth = Math.max(0, ...drawings.map(across))
  const [width, height] = inRow ? [length, breadth] : [breadth, length]
  const top = heading === undefined ? 0 : 30
  const lines = caption === undefined ? [] : wrapText(caption, width - 24)
  const below = lines.length === 0 ? 0 : 14 + lines.length * 16.2
  let place = 0
  const parts = drawings.map(drawing => {
    const part = inRow ? group(place, top, drawing.body) : group(0, top + place, drawing.body)
    place += along(drawing) + gap
    return part
  })
  return new Drawing({
    width,
    height: top + height + below,
    title,
    description: description ?? drawings.map(drawing => drawing.description).join(' '),
    body: [
      heading === undefined ? '' : label(12, 20, heading, { size: 14, weight: 'bold' }),
      ...parts,
      labels(12, top + height + 16, lines, { ink: 'muted' }),
    ].join(''),
  })
}

/** A path through points: `M0 1L2 3`. Where a value is not finite there is a gap. */
export function pathThrough(points: readonly (readonly [x: number, y: number])[]): string {
  let pen = 'M'
  return points
    .map(([x, y]) => {
      const drawn = Number.isFinite(x) && Number.isFinite(y)
      const step = drawn ? `${pen}${short(x)} ${short(y)}` : ''
      pen = drawn ? 'L' : 'M'
      return step
    })
    .join('')
}
