/** A `<text>` of an SVG, and what is in it. */
export interface TextElement {
  /** Of its first letter in the SVG. */
  readonly index: number
  /** As it stands there. */
  readonly element: string
  readonly attributes: string
  /** Between its tags: letters, entities, spans. */
  readonly inner: string
  /** What is read. */
  readonly letters: string
}

/** The texts of an SVG, in their order. */
export const textElements = (svg: string): TextElement[] =>
  Array.from(
    svg.matchAll(/<text\b([^>]*)>(.*?)<\/text>/gs),
    ({ index, 0: element, 1: attributes = '', 2: inner = '' }) => ({
      index,
      element,
      attributes,
      inner,
      letters: lettersOf(inner),
    }),
  )

/** Named entities stand for letters that every font has. */
const lettersOf = (inner: string): string =>
  inner
    .replace(/<[^>]*>/g, '')
    .replace(/&#x([0-9a-f]{1,6});/gi, (_, code: string) => letterOf(Number.parseInt(code, 16)))
    .replace(/&#(\d{1,7});/g, (_, code: string) => letterOf(Number(code)))
    .replace(/&\w+;/g, ' ')

const letterOf = (code: number): string => (code > 0x10ffff ? ' ' : String.fromCodePoint(code))

/** A text of our drawings, as far as something else has to know it to draw it. */
export interface PlacedText {
  readonly x: number
  readonly y: number
  /** In units. */
  readonly size: number
  readonly weight: 'normal' | 'bold'
  readonly anchor: 'start' | 'middle' | 'end'
  readonly transform: string | undefined
  readonly colour: string
  /** Escaped as in the SVG, bold parts in `<b>`. */
  readonly content: string
}

/**
 * What the attributes of a text mean. Null for texts that are not as ours are: whose size comes from elsewhere, or parts of
 * which are placed on their own.
 *
 * @param svg the drawing around it, whose style sheet may change the colour
 */
export function readText({ attributes, inner }: TextElement, svg: string): PlacedText | null {
  const given: Partial<Record<string, string>> = Object.fromEntries(
    Array.from(attributes.matchAll(/([\w-]+)="([^"]*)"/g), ([, name, value]) => [name!, value!]),
  )
  const content = inner.replace(/\s+/g, ' ').replace(boldSpan, '<b>$1</b>')
  const [x, y, size] = [given.x, given.y, given['font-size']].map(Number) as [number, number, number]
  const ours = Number.isFinite(x + y) && size > 0 && !/<(?!\/?b>)/.test(content)
  if (!ours) return null
  return {
    x,
    y,
    size,
    weight: given['font-weight'] === '700' ? 'bold' : 'normal',
    anchor: anchors.find(anchor => anchor === given['text-anchor']) ?? 'start',
    transform: given.transform,
    colour: colourOf(given, svg),
    content,
  }
}

const boldSpan = /<tspan font-weight="700">([^<]*)<\/tspan>/g
const anchors = ['middle', 'end'] as const

/** A rule for one of the text's classes counts more than its attribute. */
function colourOf(
  { class: classes = '', fill = '#000000' }: Partial<Record<string, string>>,
  svg: string,
): string {
  const rules = /<style>(.*?)<\/style>/s.exec(svg)?.[1]?.replace(mediaRules, '') ?? ''
  for (const name of classes.split(' ').filter(Boolean)) {
    const start = `.${name}{fill:`
    const [, rest] = rules.split(start)
    if (rest !== undefined) return rest.slice(0, rest.indexOf('}'))
  }
  return fill
}

/** They ask for a reader's wishes, and a PNG file knows no reader. */
const mediaRules = /@media[^{]*\{(?:[^{}]*\{[^{}]*\})*\}/g
