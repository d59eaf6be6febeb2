import { OptionError } from '../../base/errors.js'
import { formatShape } from '../../base/shape.js'
import { Drawing } from '../svg/drawing.js'
import { el, group, short } from '../svg/element.js'
import { label, labels, wrapText } from '../svg/text.js'
import { paint } from '../svg/theme.js'
import { type ChainScale, isBlock, scaleOf } from './chain-scale.js'
import {
  type CaptionLine,
  captionLineHeight,
  captionOf,
  captionWidth,
  type DrawnChain,
  type Panel,
  panelsOf,
} from './panels.js'
import { type Face, type Solid, solidOf } from './solid.js'
import { windowOnBlock } from './window-on-block.js'

export interface DrawShapeChainOptions {
  /** Units the drawing may be wide; panels are broken into rows. 360 suits phones. Default 760, least 240. */
  readonly width?: number
}

const margin = 14
/** Between panels at least, room for an arrow; and at most, so that neighbours are seen as such. */
const gap = { least: 34, most: 64 }
const rowGap = 30
const noteStyle = { size: 11 }

/** A panel with all that is known before it has a place. */
interface Measured {
  readonly panel: Panel
  readonly solid: Solid
  readonly caption: readonly CaptionLine[]
  readonly width: number
}

interface Placed extends Measured {
  readonly x: number
  /** The front face in the drawing's coordinates. */
  readonly front: Face
  readonly solidAt: readonly [x: number, y: number]
  readonly captionTop: number
  readonly middle: number
}

/**
 * The network as blocks and columns to scale, one for each size: windows drawn on the blocks they look at, captions with
 * kernels, padding and the formula filled in. Networks with branches are drawn in order; what joins says what it joins.
 *
 * @throws OptionError for a width below 240
 */
export function drawShapeChain(chain: DrawnChain, { width = 760 }: DrawShapeChainOptions = {}): Drawing {
  if (!(width >= 240))
    throw new OptionError(`drawShapeChain: width ${width} leaves no room for a caption.`, 'Give 240 or more.')
  const panels = panelsOf(chain.rows)
  const scale = scaleOf(panels.map(({ layer }) => layer.output))
  const rows = rowsOf(
    panels.map(panel => measure(panel, scale)),
    width - 2 * margin,
  )
  const { placed, bottom } = place(rows, width - 2 * margin)
  const note = wrapText(scale.note, width - 2 * margin, noteStyle)
  const noteTop = bottom + 24
  const all = placed.flat()
  return new Drawing({
    width,
    height: noteTop + (note.length - 1) * noteStyle.size * 1.35 + margin,
    title: `How sizes change in the network "${chain.name}"`,
    description: describe(panels),
    body: [
      ...all.map(drawPanel),
      ...all.map((panel, i) => (i === 0 ? '' : joint(all[i - 1]!, panel, i))),
      labels(margin, noteTop, note, { ...noteStyle, ink: 'muted' }),
    ].join(''),
  })
}

function measure(panel: Panel, scale: ChainScale): Measured {
  const solid = solidOf(panel.layer.output, scale)
  const caption = captionOf(panel)
  return { panel, solid, caption, width: Math.max(solid.width, captionWidth(caption)) }
}

/** As many panels in a row as fit. */
function rowsOf(panels: readonly Measured[], width: number): Measured[][] {
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

function place(rows: readonly Measured[][], width: number): { placed: Placed[][]; bottom: number } {
  // One distance for all rows: what the fullest can give.
  const gaps = Math.max(gap.least, Math.min(gap.most, ...rows.map(row => spareOf(row, width))))
  let top = margin - rowGap
  let bottom = margin
  const placed = rows.map(row => {
    top = bottom === margin ? margin : bottom + rowGap
    const solidsHeight = Math.max(...row.map(({ solid }) => solid.height))
    const captionHeight = Math.max(...row.map(({ caption }) => caption.length)) * captionLineHeight
    bottom = top + solidsHeight + 10 + captionHeight
    return placeRow(row, top, solidsHeight, gaps)
  })
  return { placed, bottom }
}

/** The distance at which a row of several panels fills the width. */
const spareOf = (row: readonly Measured[], width: number): number =>
  row.length === 1 ? gap.most : (width - row.reduce((sum, panel) => sum + panel.width, 0)) / (row.length - 1)

function placeRow(row: readonly Measured[], top: number, solidsHeight: number, gaps: number): Placed[] {
  let x = margin - gaps
  return row.map((measured, i) => {
    const { solid } = measured
    x += gaps + (row[i - 1]?.width ?? 0)
    const middle = x + measured.width / 2
    const solidAt = [middle - solid.width / 2, top + (solidsHeight - solid.height) / 2] as const
    const front = { ...solid.front, x: solidAt[0] + solid.front.x, y: solidAt[1] + solid.front.y }
    return { ...measured, x, front, solidAt, middle, captionTop: top + solidsHeight + 10 }
  })
}

function drawPanel({ solid, solidAt, caption, captionTop, middle }: Placed): string {
  const lines = caption.map(({ text, style, muted }, i) =>
    label(middle, captionTop + 11 + i * captionLineHeight, text, {
      ...style,
      anchor: 'middle',
      ink: muted ? 'muted' : 'ink',
    }),
  )
  return [group(...solidAt, solid.body), ...lines].join('')
}

/** Windows stand at two places by turns, so that the cell one makes is not under the next. */
const windowPlaces = [0.7, 0.2] as const

/** What leads from one panel to the next: the window and the cell it makes, else an arrow; nothing where they do not connect. */
function joint(from: Placed, to: Placed, place: number): string {
  if (!to.panel.follows) return ''
  const sameRow = to.x > from.x
  const { window, output } = to.panel.layer
  if (window && isBlock(from.panel.layer.output) && isBlock(output))
    return (
      windowOnBlock(from.front, window, sameRow ? to.front : null, windowPlaces[place % 2]!) +
      (sameRow ? '' : turn(from))
    )
  return sameRow
    ? arrow(rightOf(from) + 5, to.solidAt[0] - 5, (heightOf(from) + heightOf(to)) / 2)
    : turn(from)
}

const rightOf = ({ solid, solidAt }: Placed): number => solidAt[0] + solid.width
const heightOf = ({ solid, solidAt }: Placed): number => solidAt[1] + solid.height / 2

/** An arrow out of the end of a row. */
const turn = (from: Placed): string => arrow(rightOf(from) + 5, rightOf(from) + 21, heightOf(from))

function arrow(from: number, to: number, y: number): string {
  const head = `M${short(to)} ${short(y)}l-7 -3.5v7Z`
  return [
    el('line', { x1: from, x2: to - 6, y1: y, y2: y, ...paint({ stroke: 'muted' }), 'stroke-width': 1.25 }),
    el('path', { d: head, ...paint({ fill: 'muted' }) }),
  ].join('')
}

function describe(panels: readonly Panel[]): string {
  const steps = panels.map(({ layer }) => {
    const { name, from, output, formula } = layer
    const joins = from.length > 1 ? ` of ${from.join(' and ')}` : ''
    return `${name}${joins} ${formatShape(output)}${formula ? ` (${formula})` : ''}`
  })
  return `${steps.join('; ')}.`
}
