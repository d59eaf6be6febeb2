import { el } from '../../viz/svg/element.js'
import { lackedByArimo } from './arimo.js'
import { drawLabel, type LabelPicture } from './label-picture.js'
import { type PlacedText, readText, type TextElement, textElements } from './svg-text.js'
import { unknownToSystem } from './system-fonts.js'

export interface Lifted {
  /** The SVG, with pictures in the place of texts. */
  readonly svg: string
  /** Characters that there are boxes for, because no font draws them. */
  readonly missing: readonly string[]
}

/** Pixels of a label for one of the drawing, in each direction: labels may be turned, and begin between two pixels. */
const sharpness = 2

/**
 * Texts with letters that Arimo lacks become pictures, drawn with the fonts of the operating system, where it has fonts for
 * them. All other texts stay what they are, so a drawing without such letters stays the same to the bit.
 *
 * @param scale pixels a unit that the SVG will be drawn with
 */
export async function liftLabels(svg: string, scale: number): Promise<Lifted> {
  const texts = textElements(svg)
  const lacking = await lackedByArimo(texts.map(({ letters }) => letters).join(''))
  if (lacking.length === 0) return { svg, missing: [] }
  const missing = new Set(await unknownToSystem(lacking))
  const pieces: string[] = []
  let end = 0
  for (const text of texts) {
    const drawable = lacking.filter(character => text.letters.includes(character) && !missing.has(character))
    if (drawable.length === 0) continue
    const picture = await pictureOf(text, svg, scale * sharpness)
    if (picture === null) drawable.forEach(character => missing.add(character))
    pieces.push(svg.slice(end, text.index), picture ?? text.element)
    end = text.index + text.element.length
  }
  return {
    svg: [...pieces, svg.slice(end)].join(''),
    missing: lacking.filter(character => missing.has(character)),
  }
}

/** The picture of a text as SVG, in its place; null where it cannot be drawn as one. */
async function pictureOf(element: TextElement, svg: string, pixels: number): Promise<string | null> {
  const text = readText(element, svg)
  if (!text) return null
  const { content, size, weight, colour, transform } = text
  const picture = await drawLabel({ markup: content, size: size * pixels, weight, colour })
  return picture && el('image', { ...placeOf(text, picture, pixels), transform, ...imageOf(picture) })
}

function placeOf({ x, y, anchor }: PlacedText, picture: LabelPicture, pixels: number) {
  const length = (picture.x + picture.width) / pixels
  const start = anchor === 'start' ? x : anchor === 'middle' ? x - length / 2 : x - length
  return {
    x: start + picture.x / pixels,
    y: y + picture.y / pixels,
    width: picture.width / pixels,
    height: picture.height / pixels,
  }
}

const imageOf = ({ png }: LabelPicture) => ({
  href: `data:image/png;base64,${png.toString('base64')}`,
  preserveAspectRatio: 'none',
  'image-rendering': 'optimizeQuality',
})
