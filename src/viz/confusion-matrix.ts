import { formatCount, formatPercent } from '../base/format.js'

import { type Confusion, mostConfused, type ReadableConfusion } from './most-confused.js'
import { Drawing } from './svg/drawing.js'
import { el, group } from './svg/element.js'
import { fitText, label, labels, textWidth } from './svg/text.js'
import { paint } from './svg/theme.js'

/** More classes than these make a matrix nobody reads. */
const mostClasses = 20

/** Full shading still leaves the number in front of it readable, on light and on dark ground. */
const strongest = 0.55

const textSize = 11
const numberSize = 10.5
const margin = 12
const widestName = 86

/** Where things are. */
interface Layout {
  readonly cell: number
  readonly left: number
  readonly top: number
  readonly size: number
  readonly slanted: boolean
  /** How far the last slanted name reaches beyond the matrix. */
  readonly overhang: number
  readonly names: readonly string[]
}

/**
 * What was taken for what: rows show the true class, columns what it was taken for, with the number of pictures in each
 * cell. Right answers lie on the diagonal, in frames. Shading is the share of a row, for mistakes relative to the worst.
 *
 * @param confusion of more than 20 classes only those are drawn that are confused most, and a sentence says so
 */
export function drawConfusionMatrix(confusion: Confusion): Drawing {
  const shown = mostConfused(confusion, mostClasses)
  const layout = layOut(shown)
  const { left, top, size } = layout
  const width = Math.max(330, left + size + layout.overhang + margin)
  const below = caption(shown)
  return new Drawing({
    width,
    height: top + size + 20 + below.length * textSize * 1.35,
    title: 'What was taken for what',
    description: describe(confusion, shown),
    body: [
      rowNames(layout),
      columnNames(layout),
      group(left, top, matrix(shown, layout)),
      labels(margin, top + size + 22, below, { size: textSize, ink: 'muted' }),
    ].join(''),
  })
}

function layOut({ classNames, counts }: ReadableConfusion): Layout {
  const names = classNames.map(name => fitText(name, widestName, { size: textSize }))
  const widthOf = (name: string) => textWidth(name, { size: textSize })
  const widest = Math.max(...names.map(widthOf))
  const digits = Math.max(
    ...counts.flat().map(count => textWidth(formatCount(count), { size: numberSize, weight: 'bold' })),
  )
  const cell = Math.max(digits + 8, Math.min(64, 300 / names.length), 24)
  const slanted = widest > cell - 6
  return {
    cell,
    names,
    slanted,
    overhang: slanted ? Math.max(0, widthOf(names.at(-1)!) * Math.SQRT1_2 + textSize - cell / 2) : 0,
    size: cell * names.length,
    left: margin + Math.max(widest, widthOf('true class')) + 8,
    top: 30 + (slanted ? widest * Math.SQRT1_2 + 10 : 20),
  }
}

const rowNames = ({ names, left, top, cell }: Layout): string =>
  [
    label(left - 8, top - 8, 'true class', { size: textSize, ink: 'muted', anchor: 'end' }),
    ...names.map((name, i) =>
      label(left - 8, top + (i + 0.5) * cell, name, { size: textSize, anchor: 'end', align: 'middle' }),
    ),
  ].join('')

const columnNames = ({ names, left, top, cell, size, slanted }: Layout): string =>
  [
    label(left + size / 2, 18, 'taken for', { size: textSize, ink: 'muted', anchor: 'middle' }),
    ...names.map((name, i) =>
      slanted
        ? label(left + (i + 0.5) * cell + 2, top - 6, name, { size: textSize, rotate: -45 })
        : label(left + (i + 0.5) * cell, top - 8, name, { size: textSize, anchor: 'middle' }),
    ),
  ].join('')

function matrix(shown: ReadableConfusion, { cell, size }: Layout): string {
  const worst = worstShare(shown)
  const cells = shown.counts.map((row, r) =>
    row.map((count, c) => {
      const share = count / (shown.pictures[r]! || 1)
      const place = { x: c * cell, y: r * cell }
      return r === c ? rightCell(place, cell, count, share) : wrongCell(place, cell, count, share / worst)
    }),
  )
  const outline = el('rect', { width: size, height: size, ...paint({ fill: 'none', stroke: 'faint' }) })
  // Frames lie above the shading of their neighbours.
  return [...cells.flat(), outline, ...shown.classNames.map((_, i) => frame(i * cell, cell))].join('')
}

interface Place {
  readonly x: number
  readonly y: number
}

const rightCell = (place: Place, cell: number, count: number, share: number): string =>
  [
    shade(place, cell, 'train', share),
    label(place.x + cell / 2, place.y + cell / 2, formatCount(count), {
      size: numberSize,
      weight: 'bold',
      anchor: 'middle',
      align: 'middle',
    }),
  ].join('')

const wrongCell = (place: Place, cell: number, count: number, strength: number): string =>
  [
    shade(place, cell, 'validation', strength),
    label(place.x + cell / 2, place.y + cell / 2, count === 0 ? '·' : formatCount(count), {
      size: numberSize,
      ink: count === 0 ? 'muted' : 'ink',
      anchor: 'middle',
      align: 'middle',
    }),
  ].join('')

/** The colour lies on the ground as a veil, so that it is light on light ground and dark on dark. */
const shade = ({ x, y }: Place, cell: number, ink: 'train' | 'validation', strength: number): string =>
  [
    el('rect', { x, y, width: cell, height: cell, ...paint({ fill: 'none', stroke: 'grid' }) }),
    strength > 0 &&
      el('rect', {
        x,
        y,
        width: cell,
        height: cell,
        ...paint({ fill: ink }),
        'fill-opacity': strength * strongest,
      }),
  ]
    .filter(Boolean)
    .join('')

const frame = (at: number, cell: number): string =>
  el('rect', {
    x: at + 1,
    y: at + 1,
    width: cell - 2,
    height: cell - 2,
    rx: 2,
    ...paint({ fill: 'none', stroke: 'train' }),
    'stroke-width': 1.5,
  })

/** The largest share of a row that was taken for one other class; 1 where nothing was mistaken. */
function worstShare({ counts, pictures }: ReadableConfusion): number {
  const shares = counts.flatMap((row, r) =>
    row.map((count, c) => (r === c || pictures[r] === 0 ? 0 : count / pictures[r]!)),
  )
  return Math.max(...shares) || 1
}

/** Sentences, each on a line of its own. */
function caption(shown: ReadableConfusion): string[] {
  const part = shown.of > shown.classNames.length
  return [
    ...(part ? [`The ${shown.classNames.length} of ${shown.of} classes that are confused most often.`] : []),
    worstOf(shown) === null
      ? 'In frames: recognised.'
      : `In frames: recognised. Shaded: mistakes, up to ${formatPercent(worstShare(shown))} of a row.`,
  ]
}

/** The mistake that was made most often; null without mistakes. */
function worstOf({ classNames, counts }: Confusion) {
  const all = classNames.flatMap((from, r) =>
    classNames.map((to, c) => ({ from, to, count: r === c ? 0 : counts[r]![c]!, row: r })),
  )
  const worst = all.reduce((most, mistake) => (mistake.count > most.count ? mistake : most))
  return worst.count > 0 ? worst : null
}

function describe(confusion: Confusion, shown: ReadableConfusion): string {
  const { counts } = confusion
  const total = counts.flat().reduce((sum, count) => sum + count, 0)
  const right = counts.reduce((sum, row, i) => sum + row[i]!, 0)
  const worst = worstOf(confusion)
  const pictures = worst ? counts[worst.row]!.reduce((sum, count) => sum + count, 0) : 0
  return [
    `${formatCount(right)} of ${formatCount(total)} pictures were recognised (${formatPercent(right / total)}).`,
    worst
      ? `The most frequent mistake: ${worst.from} taken for ${worst.to}, ${formatCount(worst.count)} of ${formatCount(pictures)} times.`
      : 'There were no mistakes.',
    ...(shown.of > shown.classNames.length
      ? [`Drawn are the ${shown.classNames.length} of ${shown.of} classes that are confused most often.`]
      : []),
  ].join(' ')
}
