import { el } from '../svg/element.js'
import { fitText, label, textWidth } from '../svg/text.js'
import { type InkName, paint } from '../svg/theme.js'
import { band, curve, type LineStyle, type Point, pointsOf } from './curve.js'
import { type Frame, frame, panel } from './frame.js'
import { mark } from './mark.js'
import { type Box, leastCovered, spread } from './place-labels.js'
import { axisRange } from './range.js'

/** A curve over epochs from 0. */
export interface PanelLine extends LineStyle {
  readonly epochs: readonly number[]
  readonly values: readonly number[]
  /** Written at its end. */
  readonly name?: string
  /** A mark before the name (see `mark`). */
  readonly mark?: number
  /** One standard error an epoch: a band of two to both sides. */
  readonly errors?: readonly (number | null)[]
}

export interface PanelDot {
  /** From 0. */
  readonly epoch: number
  readonly value: number
  readonly ink: InkName
  readonly mark: number
  readonly text?: string
}

/** Where overfitting starts. */
export interface PanelOnset {
  /** From 0. */
  readonly epoch: number
  readonly ink: InkName
  /** Written above the rule; `mark` stands there where there are several. */
  readonly text?: string
  readonly mark?: number
}

/** Everything one panel shows. */
export interface PanelParts {
  readonly title: string
  readonly lines: readonly PanelLine[]
  readonly dots: readonly PanelDot[]
  readonly onsets: readonly PanelOnset[]
  /** What guessing would come to. */
  readonly guessing: { readonly value: number; readonly name: string } | null
  readonly range: 'zero' | 'data'
  readonly log: boolean
  /** No value can be above. */
  readonly most?: number
  /** How numbers at the axis are written. */
  readonly write: (value: number) => string
}

const textSize = 11

/** The body of a panel, `panel.width` by `panel.height` units. */
export function drawPanel(parts: PanelParts): string {
  const at = panelFrame(parts)
  const { lines, dots, onsets } = parts
  const drawn = lines.map(line => ({ ...line, points: pointsOf(line.epochs, line.values, at) }))
  const rules = onsets.map(({ epoch }): Point[] => [
    [at.x(epoch + 1), at.top],
    [at.x(epoch + 1), at.bottom],
  ])
  const discs = dots.map((dot): Point[] => [-5, 5].map(dx => [at.x(dot.epoch + 1) + dx, at.y(dot.value)]))
  const inTheWay = [...drawn.map(({ points }) => points), ...rules, ...discs]
  return [
    onsets.length === 1 && onsets[0]!.mark === undefined ? shade(onsets[0]!, at) : '',
    at.svg,
    guessingLine(parts, at),
    ...lines.map(({ epochs, values, errors, ink }) => (errors ? band(epochs, values, errors, at, ink) : '')),
    ...drawn.map(line => curve(line.points, line)),
    ...onsets.map(onset => onsetRule(onset, at)),
    ...dots.map(dot => dotWithText(dot, at, inTheWay)),
    endLabels(parts, at),
  ].join('')
}

function panelFrame({ title, lines, guessing, range, log, most, write }: PanelParts): Frame {
  const values = lines.flatMap(withBand)
  const around = range === 'zero' && guessing ? [guessing.value] : []
  const drawn = lines.flatMap(line => line.epochs)
  const epochs = drawn.length > 0 ? drawn : [0]
  return frame({
    title,
    epochs: [lowest(epochs) + 1, highest(epochs) + 1],
    values: axisRange([...values, ...around], { range, log, ...(most !== undefined && { most }) }),
    log,
    write,
  })
}

/** The values, and how far their bands reach upwards. */
const withBand = ({ values, errors = [] }: PanelLine): number[] => [
  ...values,
  ...values.map((value, i) => value + 2 * (errors[i] ?? 0)),
]

// Spreading a thousand epochs of many runs into Math.min's arguments could exhaust the stack.
const lowest = (values: readonly number[]): number => values.reduce((low, value) => Math.min(low, value))
const highest = (values: readonly number[]): number => values.reduce((high, value) => Math.max(high, value))

const shade = ({ epoch }: PanelOnset, { x, right, top, bottom }: Frame): string =>
  el('rect', {
    x: x(epoch + 1),
    y: top,
    width: right - x(epoch + 1),
    height: bottom - top,
    ...paint({ fill: 'accent' }),
    opacity: 0.08,
  })

function onsetRule({ epoch, ink, text, mark: kind }: PanelOnset, { x, top, bottom }: Frame): string {
  const place = x(epoch + 1)
  const width = textWidth(text ?? '', { size: textSize, weight: 'bold' })
  const start = Math.min(place - 2, panel.width - 8 - width)
  return [
    el('line', {
      x1: place,
      x2: place,
      y1: top - 5,
      y2: bottom,
      ...paint({ stroke: ink }),
      'stroke-width': 1.5,
      'stroke-dasharray': kind === undefined ? undefined : '1 3',
    }),
    kind === undefined ? '' : mark(kind, place, top - 7, ink),
    text === undefined ? '' : label(start, top - 10, text, { size: textSize, weight: 'bold', ink }),
  ].join('')
}

function guessingLine({ guessing }: PanelParts, { y, left, right, top, bottom }: Frame): string {
  if (!guessing) return ''
  const height = y(guessing.value)
  if (!(height >= top && height <= bottom)) return ''
  return el('line', {
    x1: left,
    x2: right,
    y1: height,
    y2: height,
    ...paint({ stroke: 'muted' }),
    'stroke-dasharray': '1 3',
  })
}

function dotWithText(dot: PanelDot, at: Frame, curves: readonly (readonly Point[])[]): string {
  const [x, y] = [at.x(dot.epoch + 1), at.y(dot.value)]
  if (!(y >= at.top - 1 && y <= at.bottom + 1)) return '' // a mark of other curves has no place here
  const disc = mark(dot.mark, x, y, dot.ink)
  if (dot.text === undefined) return disc
  const width = textWidth(dot.text, { size: textSize, weight: 'bold' })
  const box = leastCovered(placesAround(x, y, width, at), curves)
  const style = { size: textSize, weight: 'bold', ink: dot.ink, align: 'middle' } as const
  const ground = el('rect', { ...box, rx: 3, ...paint({ fill: 'paper' }), opacity: 0.75 })
  return [ground, label(box.x + 3, box.y + box.height / 2, dot.text, style), disc].join('')
}

/** Above, below and beside the dot, within the frame. */
function placesAround(x: number, y: number, textLength: number, { left, right, top, bottom }: Frame): Box[] {
  const [width, height] = [textLength + 6, 16]
  const across = [x - width / 2, x + 8, x - width - 8].map(place =>
    Math.min(right - width, Math.max(left + 2, place)),
  )
  const down = [y - height - 6, y + 6, y - height - 22, y + 22, y - height - 38, y + 38]
  return down
    .filter(place => place >= top && place + height <= bottom)
    .flatMap(place => across.map(column => ({ x: column, y: place, width, height })))
    .concat({ x: across[1]!, y: Math.max(top, y - 8), width, height })
}

/** Names at the ends of the lines, apart from each other. */
function endLabels({ lines, guessing }: PanelParts, at: Frame): string {
  const named = lines.flatMap(({ epochs, values, name, ink, mark }) => {
    const last = values.findLastIndex(value => Number.isFinite(at.y(value)))
    return name === undefined || last < 0
      ? []
      : [{ y: at.y(values[last]!), end: at.x(epochs[last]! + 1), name, ink, mark }]
  })
  const height = guessing ? at.y(guessing.value) : Number.NaN
  const inFrame = height >= at.top && height <= at.bottom
  const all = [
    ...named,
    ...(guessing && inFrame
      ? [{ y: height, end: at.right, name: guessing.name, ink: 'muted' as const, mark: undefined }]
      : []),
  ]
  const heights = spread(
    all.map(({ y }) => y),
    14,
    at.top + 4,
    at.bottom - 4,
  )
  return all.map((item, i) => endLabel(item, heights[i]!, at)).join('')
}

function endLabel(
  {
    y,
    end,
    name,
    ink,
    mark: kind,
  }: { y: number; end: number; name: string; ink: InkName; mark: number | undefined },
  height: number,
  { right }: Frame,
): string {
  const x = right + 10 + (kind === undefined ? 0 : 12)
  // Dotted and pale: nobody shall take it for a part of the curve.
  const leader = el('line', {
    x1: end + 5,
    y1: y,
    x2: right + 8,
    y2: height,
    ...paint({ stroke: 'faint' }),
    'stroke-dasharray': '1 3',
  })
  return [
    Math.abs(height - y) > 2 || end < right - 1 ? leader : '',
    kind === undefined ? '' : mark(kind, right + 15, height, ink),
    label(x, height, fitText(name, panel.width - x - 2, { size: textSize }), {
      size: textSize,
      ink,
      align: 'middle',
    }),
  ].join('')
}
