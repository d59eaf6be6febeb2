import { type Half, halfWidth, halves, headingHeight, panelHeading, panelWidth } from './before-after.js'
import { crossOut, layOutSheet, pictureSheet } from './contact-sheet.js'
import type { Pixels } from './png/encode-png.js'
import { Drawing } from './svg/drawing.js'
import { labels, wrapText } from './svg/text.js'

/** The filters of a layer, as `explain.firstFilters` gives them. */
export interface FilterSheet {
  readonly layer: string
  /** [R, S, C, K] */
  readonly shape: readonly number[]
  readonly scale: number
  /** What the tones mean. */
  readonly sentence: string
  readonly filters: readonly {
    readonly before: Pixels | null
    readonly after: Pixels
    readonly moved: number | null
  }[]
}

/** The filters that gave 0 everywhere on some pictures, by number. */
export interface DeadFilters {
  /** How many pictures were looked at. */
  readonly pictures: number
  readonly before: readonly number[] | null
  readonly after: readonly number[]
}

export interface DeadOptions {
  /** By the layer's name: its dead filters, which are crossed out. `explain.deadByLayer` gives them. */
  readonly dead?: ReadonlyMap<string, DeadFilters>
}

/** The filters of the first layer before and after training, as a contact sheet; dead ones are crossed out. */
export function drawFilters(sheet: FilterSheet, options: DeadOptions = {}): Drawing {
  const dead = options.dead?.get(sheet.layer) ?? null
  const parts = halvesOf(sheet, dead)
  const { body, bottom } = halves(headingHeight + 4, parts)
  const lines = wrapText(captionOf(sheet, dead), panelWidth - 24, { size: 11 })
  return new Drawing({
    width: panelWidth,
    height: bottom + 10 + lines.length * 14.85 + 4,
    title: `First filters of "${sheet.layer}"`,
    description: describe(sheet, dead),
    body: [
      panelHeading(sheet.layer, factsOf(sheet)),
      body,
      labels(12, bottom + 16, lines, { size: 11 }),
    ].join(''),
  })
}

function halvesOf(sheet: FilterSheet, dead: DeadFilters | null): Half[] {
  const before = sheet.filters.map(filter => filter.before)
  const after = sheet.filters.map(filter => filter.after)
  const known = before.every(pixels => pixels !== null)
  const count = known ? 2 : 1
  return [
    ...(known ? [half('before training', before, dead && { ...dead, after: dead.before ?? [] }, count)] : []),
    half(known ? 'after training' : 'as they are', after, dead, count),
  ]
}

function half(title: string, pictures: readonly Pixels[], dead: DeadFilters | null, halfCount: number): Half {
  const { width, height } = pictures[0]!
  const layout = layOutSheet({
    count: pictures.length,
    size: [width, height],
    width: halfWidth(halfCount),
    largest: 48,
  })
  return {
    title,
    height: layout.height,
    body: (x, y) =>
      pictureSheet(x, y, layout, pictures) +
      (dead?.after ?? []).map(filter => crossOut(x, y, layout, filter)).join(''),
    notes: dead ? [deadNote(dead.after.length, pictures.length)] : [],
  }
}

/** `Dead: 3 of 64 (4.7 %).` */
export const deadNote = (dead: number, filters: number): string => `Dead: ${deadCount(dead, filters)}.`

const deadCount = (dead: number, filters: number): string =>
  dead === 0 ? `none of ${filters}` : `${dead} of ${filters} (${((100 * dead) / filters).toFixed(1)} %)`

/** What dead means. */
export const deadMeaning = ({ pictures }: DeadFilters): string =>
  `Dead filters (crossed out) give 0 everywhere on ${pictures} pictures.`

function factsOf({ shape: [R, S, C, K] }: FilterSheet): string {
  return `${K} filters of ${R}×${S}×${C}`
}

/** What training did to them, where that is known. */
function movedSentence({ filters }: FilterSheet): string {
  const moved = filters.flatMap(filter => (filter.moved === null ? [] : [filter.moved]))
  if (moved.length === 0) return ''
  const percent = (share: number) => `${Math.round(100 * share)} %`
  const mean = moved.reduce((sum, share) => sum + share, 0) / moved.length
  return ` Training moved a filter by ${percent(mean)} of its length on average, at most by ${percent(Math.max(...moved))}.`
}

const captionOf = (sheet: FilterSheet, dead: DeadFilters | null): string =>
  sheet.sentence + movedSentence(sheet) + (dead ? ` ${deadMeaning(dead)}` : '')

function describe(sheet: FilterSheet, dead: DeadFilters | null): string {
  const known = sheet.filters.every(filter => filter.before)
  const when = known ? ', before and after training' : ''
  return [`${factsOf(sheet)} in "${sheet.layer}"${when}.`, captionOf(sheet, dead), deadSentence(sheet, dead)]
    .filter(Boolean)
    .join(' ')
}

function deadSentence({ filters }: FilterSheet, dead: DeadFilters | null): string {
  if (!dead) return ''
  const after = deadCount(dead.after.length, filters.length)
  if (dead.before === null) return `Dead: ${after}.`
  return `Dead before training: ${deadCount(dead.before.length, filters.length)}; after: ${after}.`
}
