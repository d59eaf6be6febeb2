import { OptionError } from '../../base/errors.js'
import { formatShape } from '../../base/shape.js'
import { Drawing } from '../svg/drawing.js'
import { el, group, short } from '../svg/element.js'
import { label, labels, wrapText } from '../svg/text.js'
import { paint } from '../svg/theme.js'
import { drawBrackets } from './brackets.js'
import { isBlock, scaleOf } from './chain-scale.js'
import { margin, measure, type Placed, place, rowsOf } from './layout.js'
import { captionLineHeight, type DrawnChain, type Panel, panelsOf } from './panels.js'
import { describeParts } from './parts.js'
import { windowOnBlock } from './window-on-block.js'

export interface DrawShapeChainOptions {
  /** Units the drawing may be wide; panels are broken into rows. 360 suits phones. Default 760, least 240. */
  readonly width?: number
}

const noteStyle = { size: 11 }

/**
 * The network as blocks and columns to scale, one for each size: windows drawn on the blocks they look at, captions with
 * kernels, padding and the formula filled in. Brackets say which part converts the picture and which, flat from there to
 * the end, classifies. Networks with branches are drawn in order; what joins says what it joins.
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
  const edges = [margin, width - margin] as const
  const note = wrapText(scale.note, width - 2 * margin, noteStyle)
  const noteTop = bottom + 24
  const all = placed.flatMap(row => row.panels)
  return new Drawing({
    width,
    height: noteTop + (note.length - 1) * noteStyle.size * 1.35 + margin,
    title: `How sizes change in the network "${chain.name}"`,
    description: describe(panels),
    body: [
      ...all.map(drawPanel),
      ...all.map((panel, i) => (i === 0 ? '' : joint(all[i - 1]!, panel, i))),
      ...placed.map(({ brackets, top }) => drawBrackets(brackets, top, edges)),
      labels(margin, noteTop, note, { ...noteStyle, ink: 'muted' }),
    ].join(''),
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
  return [`${steps.join('; ')}.`, describeParts(panels)].filter(text => text !== '').join(' ')
}
