import { type Bracket, bracketsHeight } from './brackets.js'
import type { ChainScale } from './chain-scale.js'
import { type CaptionLine, captionLineHeight, captionOf, captionWidth, type Panel } from './panels.js'
import { runsOf } from './parts.js'
import { type Face, type Solid, solidOf } from './solid.js'

/** Around the drawing. */
export const margin = 14
/** Between panels at least, room for an arrow; and at most, so that neighbours are seen as such. */
const gap = { least: 34, most: 64 }
const rowGap = 30

/** A panel with all that is known before it has a place. */
export interface Measured {
  readonly panel: Panel
  readonly solid: Solid
  readonly caption: readonly CaptionLine[]
  readonly width: number
}

export interface Placed extends Measured {
  readonly x: number
  /** The front face in the drawing's coordinates. */
  readonly front: Face
  readonly solidAt: readonly [x: number, y: number]
  readonly captionTop: number
  readonly middle: number
}

/** A row of panels and the brackets over it. */
export interface PlacedRow {
  readonly top: number
  readonly brackets: readonly Bracket[]
  readonly panels: readonly Placed[]
}

export function measure(panel: Panel, scale: ChainScale): Measured {
  const solid = solidOf(panel.layer.output, scale)
  const caption = captionOf(panel)
  return { panel, solid, caption, width: Math.max(solid.width, captionWidth(caption)) }
}

/** As many panels in a row as fit. */
export function rowsOf(panels: readonly Measured[], width: number): Measured[][] {
  const rows: Measured[][] = []
  let used = 0
  for (const panel of panels) {
    used += gap.least + panel.width
    if (rows.length > 0 && used <= width) rows.at(-1)!.push(panel)
    else {
      rows.push([panel])
      used = panel.width
    }
  }
  return rows
}

export function place(rows: readonly Measured[][], width: number): { placed: PlacedRow[]; bottom: number } {
  // One distance for all rows: what the fullest can give.
  const gaps = Math.max(gap.least, Math.min(gap.most, ...rows.map(row => spareOf(row, width))))
  const placed: PlacedRow[] = []
  let bottom = margin - rowGap
  for (const [i, row] of rows.entries()) {
    const top = bottom + rowGap
    const across = acrossOf(row, gaps)
    const brackets = bracketsOf(row, across, rows[i - 1]?.at(-1), rows[i + 1]?.[0])
    const solidsTop = top + bracketsHeight(brackets)
    const solidsHeight = Math.max(...row.map(({ solid }) => solid.height))
    const captionHeight = Math.max(...row.map(({ caption }) => caption.length)) * captionLineHeight
    bottom = solidsTop + solidsHeight + 10 + captionHeight
    placed.push({ top, brackets, panels: placeRow(row, across, solidsTop, solidsHeight) })
  }
  return { placed, bottom }
}

/** The distance at which a row of several panels fills the width. */
const spareOf = (row: readonly Measured[], width: number): number =>
  row.length === 1 ? gap.most : (width - row.reduce((sum, panel) => sum + panel.width, 0)) / (row.length - 1)

/** Where each panel of a row begins. */
function acrossOf(row: readonly Measured[], gaps: number): number[] {
  let next = margin
  return row.map(({ width }) => {
    const x = next
    next += width + gaps
    return x
  })
}

/** One for each part of the network in the row; `before` and `after` are the panels where the row was broken. */
function bracketsOf(
  row: readonly Measured[],
  across: readonly number[],
  before: Measured | undefined,
  after: Measured | undefined,
): Bracket[] {
  return runsOf(row.map(({ panel }) => panel)).map(({ part, from, to }) => ({
    part,
    left: across[from]!,
    right: across[to - 1]! + row[to - 1]!.width,
    begins: from > 0 || before?.panel.part !== part,
    ends: to < row.length || after?.panel.part !== part,
  }))
}

const placeRow = (
  row: readonly Measured[],
  across: readonly number[],
  top: number,
  solidsHeight: number,
): Placed[] =>
  row.map((measured, i) => {
    const { solid } = measured
    const middle = across[i]! + measured.width / 2
    const solidAt = [middle - solid.width / 2, top + (solidsHeight - solid.height) / 2] as const
    const front = { ...solid.front, x: solidAt[0] + solid.front.x, y: solidAt[1] + solid.front.y }
    return { ...measured, x: across[i]!, front, solidAt, middle, captionTop: top + solidsHeight + 10 }
  })
