import { formatCount } from '../base/format.js'
import { pictureSheet, sheetOf } from './contact-sheet.js'
import { Drawing } from './svg/drawing.js'
import { group } from './svg/element.js'
import type { Pixels } from './svg/picture.js'
import { fitText, label, labels, textWidth, wrapText } from './svg/text.js'

/** A class and some of its pictures, all of one size. */
export interface ClassRow {
  readonly name: string
  /** How many pictures there are of it. */
  readonly count: number
  readonly pictures: readonly Pixels[]
}

export interface ClassSheet {
  readonly title: string
  readonly classes: readonly ClassRow[]
  /** Classes that there are besides. Default 0. */
  readonly more?: number
  /** A sentence or two below, and in the text alternative: what pictures these are. */
  readonly caption: string
}

/** Classes that a sheet has room for. */
export const mostRows = 30

/** Pictures side by side. */
export const sheetColumns = 12

const margin = 12
const cell = 52
const gap = 4
const inner = sheetColumns * (cell + gap) - gap
const nameStyle = { size: 12, weight: 'bold' } as const
const headHeight = 18
const rowGap = 14

/** A contact sheet: for each class its name, how many pictures it has, and some of them. */
export function drawClassSheet(sheet: ClassSheet): Drawing {
  const { title, classes, more = 0, caption } = sheet
  let y = margin
  const rows = classes.map(row => {
    const { height, body } = classRow(row)
    const placed = group(margin, y, body)
    y += height + rowGap
    return placed
  })
  const lines = [...(more > 0 ? [moreSentence(more)] : []), ...wrapText(caption, inner * 0.92, { size: 11 })]
  const below = labels(margin, y + 8, lines, { size: 11, ink: 'muted' })
  return new Drawing({
    width: inner + 2 * margin,
    height: y + lines.length * 14.85 + margin - 4,
    title,
    description: describe(sheet),
    body: [...rows, below].join(''),
  })
}

function classRow({ name, count, pictures }: ClassRow): { readonly height: number; readonly body: string } {
  const told = countOf(count)
  const room = inner - textWidth(told, { size: 11 }) - 10
  const shown = fitText(name, room * 0.92, nameStyle)
  const head = [
    label(0, 10, shown, nameStyle),
    label(textWidth(shown, nameStyle) / 0.96 + 8, 10, told, { size: 11, ink: 'muted' }),
  ].join('')
  const [first] = pictures
  if (!first) return { height: headHeight, body: head }
  const size = [first.width, first.height] as const
  const layout = sheetOf(
    { count: pictures.length, size, width: inner, largest: cell },
    sheetColumns,
    cell,
    gap,
  )
  return { height: headHeight + layout.height, body: head + pictureSheet(0, headHeight, layout, pictures) }
}

const countOf = (count: number): string =>
  count === 0
    ? 'no picture that can be used'
    : `${formatCount(count)} ${count === 1 ? 'picture' : 'pictures'}`

const moreSentence = (more: number): string =>
  `There ${more === 1 ? 'is 1 more class, which is' : `are ${formatCount(more)} more classes, which are`} not drawn here.`

function describe({ classes, more = 0, caption }: ClassSheet): string {
  const told = classes.map(
    ({ name, count, pictures }) =>
      `${name}: ${countOf(count)}${pictures.length < count ? `, ${formatCount(pictures.length)} drawn` : ''}.`,
  )
  return [...told, ...(more > 0 ? [moreSentence(more)] : []), caption].join(' ')
}
