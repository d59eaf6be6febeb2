import { formatPercent } from '../../base/format.js'
import { Drawing } from '../svg/drawing.js'
import { el } from '../svg/element.js'
import { linearScale } from '../svg/scales.js'
import { label, textWidth } from '../svg/text.js'
import { paint } from '../svg/theme.js'

/** Answers whose probability lies in (from, to]. */
export interface DrawnBin {
  readonly from: number
  readonly to: number
  readonly pictures: number
  /** Mean probability of these answers; null where there are none. */
  readonly confidence: number | null
  /** The share of them that is right; null where there are none. */
  readonly accuracy: number | null
}

export interface DrawnReliability {
  readonly expectedCalibrationError: number
  readonly accuracy: number
  readonly confidence: number
  readonly bins: readonly DrawnBin[]
}

export interface ReliabilityPanelOptions {
  /** `Before` */
  readonly name: string
  /** Where sure answers begin; null: it is not drawn. */
  readonly threshold: number | null
}

export const panelWidth = 400

/** Shares of fewer pictures are drawn pale: chance alone moves them by more than a tenth. */
export const paleBelow = 10

const left = 46
const right = 380
const top = 72
const bottom = 312
/** How many pictures there are stands below, on the same axis. */
const countsTop = 330
const countsBottom = 378
const height = 418

const x = linearScale([0, 1], [left, right])
const y = linearScale([0, 1], [bottom, top])
const quarters = [0, 0.25, 0.5, 0.75, 1]
const small = { size: 11, ink: 'muted' } as const

/** One reliability diagram with its counts, `panelWidth` units wide. */
export function drawReliabilityPanel(
  drawn: DrawnReliability,
  { name, threshold }: ReliabilityPanelOptions,
): Drawing {
  const title = `${name}: ECE ${formatPercent(drawn.expectedCalibrationError)}`
  return new Drawing({
    width: panelWidth,
    height,
    title,
    description: describe(name, drawn),
    body: [
      label(12, 20, title, { size: 14, weight: 'bold' }),
      label(12, 38, claim(drawn), { size: 11.5, ink: 'muted' }),
      threshold === null ? '' : sureGround(threshold),
      grid(),
      ...drawn.bins.map(bar),
      diagonal(),
      ...drawn.bins.map(frame),
      counts(drawn.bins),
      threshold === null ? '' : sureMark(threshold),
    ].join(''),
  })
}

function claim({ confidence, accuracy }: DrawnReliability): string {
  return `claims ${formatPercent(confidence)} on average and is right in ${formatPercent(accuracy)}`
}

function grid(): string {
  const rows = quarters.map(share =>
    [
      el('line', { x1: left, x2: right, y1: y(share), y2: y(share), ...paint({ stroke: 'grid' }) }),
      label(left - 7, y(share), `${100 * share} %`, { ...small, anchor: 'end', align: 'middle' }),
    ].join(''),
  )
  const columns = quarters.map(share =>
    [
      el('line', {
        x1: x(share),
        x2: x(share),
        y1: countsBottom,
        y2: countsBottom + 4,
        ...paint({ stroke: 'line' }),
      }),
      label(x(share), countsBottom + 16, `${100 * share} %`, { ...small, anchor: 'middle' }),
    ].join(''),
  )
  return [
    ...rows,
    ...columns,
    baseline(bottom),
    baseline(countsBottom),
    label(left, top - 9, 'answers that are right', small),
    label((left + right) / 2, countsBottom + 33, 'probability of the answer', { ...small, anchor: 'middle' }),
  ].join('')
}

const baseline = (at: number): string =>
  el('line', { x1: left, x2: right, y1: at, y2: at, ...paint({ stroke: 'line' }) })

/** The place of a bin between its neighbours, with air. */
const span = ({ from, to }: DrawnBin) => ({ x: x(from) + 1.25, width: x(to) - x(from) - 2.5 })

const opacityOf = ({ pictures }: DrawnBin): number | undefined => (pictures < paleBelow ? 0.4 : undefined)

function bar(bin: DrawnBin): string {
  if (!bin.accuracy) return ''
  const box = { ...span(bin), y: y(bin.accuracy), height: bottom - y(bin.accuracy) }
  const opacity = opacityOf(bin)
  return [
    opacity === undefined ? '' : el('rect', { ...box, ...paint({ fill: 'paper' }) }), // else the grid shines through
    el('rect', { ...box, ...paint({ fill: 'train' }), opacity }),
  ].join('')
}

/** On ground of its own, so that it is seen on bars, too. */
const diagonal = (): string => {
  const ends = { x1: x(0), x2: x(1), y1: y(0), y2: y(1) }
  return [
    el('line', { ...ends, ...paint({ stroke: 'paper' }), 'stroke-width': 3, opacity: 0.55 }),
    el('line', { ...ends, ...paint({ stroke: 'line' }), 'stroke-width': 1.25, 'stroke-dasharray': '4 3' }),
  ].join('')
}

/** A lower gap has no room for a frame. */
const leastFrame = 4

/** The gap between what is claimed and what is right: above the bar, or within it where the bar is the higher one. */
function frame(bin: DrawnBin): string {
  const { confidence, accuracy } = bin
  if (confidence === null || accuracy === null) return ''
  const high = y(Math.max(confidence, accuracy))
  const low = y(Math.min(confidence, accuracy))
  const claimsTooMuch = confidence > accuracy
  const place = span(bin)
  const ink = claimsTooMuch ? 'bad' : 'paper'
  const opacity = claimsTooMuch ? 0.16 : 0.35
  return el(
    'g',
    { opacity: opacityOf(bin) },
    el('rect', { ...place, y: high, height: low - high, ...paint({ fill: ink }), opacity }),
    low - high < leastFrame
      ? el('line', {
          x1: place.x,
          x2: place.x + place.width,
          y1: y(confidence),
          y2: y(confidence),
          ...paint({ stroke: ink }),
          'stroke-width': 1.5,
        })
      : el('rect', {
          x: place.x + 0.75,
          width: place.width - 1.5,
          y: high + 0.75,
          height: low - high - 1.5,
          ...paint({ fill: 'none', stroke: ink }),
          'stroke-width': 1.5,
          'stroke-dasharray': claimsTooMuch ? undefined : '3 2',
        }),
  )
}

function counts(bins: readonly DrawnBin[]): string {
  const most = Math.max(...bins.map(({ pictures }) => pictures))
  const heightOf = linearScale([0, most], [0, countsBottom - countsTop - 12])
  return bins
    .filter(({ pictures }) => pictures > 0)
    .map(bin => {
      const { x: at, width } = span(bin)
      const tall = Math.max(1, heightOf(bin.pictures))
      return [
        el('rect', { x: at, y: countsBottom - tall, width, height: tall, ...paint({ fill: 'faint' }) }),
        label(at + width / 2, countsBottom - tall - 4, countText(bin.pictures), {
          size: 9,
          ink: 'muted',
          anchor: 'middle',
        }),
      ].join('')
    })
    .join('')
}

/** As wide as a bin is: `948`, `3412`, `12k`. */
const countText = (count: number): string => (count < 9999.5 ? String(count) : `${Math.round(count / 1000)}k`)

const sureGround = (threshold: number): string =>
  el('rect', {
    x: x(threshold),
    y: top,
    width: right - x(threshold),
    height: bottom - top,
    ...paint({ fill: 'accent' }),
    opacity: 0.08,
  })

function sureMark(threshold: number): string {
  const words = threshold < 1 ? 'sure' : 'none is sure'
  const style = { size: 11, weight: 'bold' } as const
  const start = Math.min(right - textWidth(words, style), x(threshold) + 1)
  const rule = el('line', {
    x1: x(threshold),
    x2: x(threshold),
    y1: top - 4,
    y2: bottom,
    ...paint({ stroke: 'accent' }),
    'stroke-width': 1.75,
  })
  return [threshold < 1 ? rule : '', label(start, top - 9, words, { ...style, ink: 'accent' })].join('')
}

function describe(name: string, drawn: DrawnReliability): string {
  const filled = drawn.bins.flatMap(({ from, to, pictures, confidence, accuracy }) =>
    confidence === null || accuracy === null ? [] : [{ from, to, pictures, confidence, accuracy }],
  )
  const offBy = ({ confidence, accuracy }: (typeof filled)[number]) => Math.abs(confidence - accuracy)
  const enough = filled.filter(({ pictures }) => pictures >= paleBelow)
  const first = `${name}: the network ${claim(drawn)} of all answers. Expected calibration error: ${formatPercent(drawn.expectedCalibrationError)}.`
  if (enough.length === 0) return first
  const worst = enough.reduce((most, bin) => (offBy(bin) > offBy(most) ? bin : most))
  return `${first} Furthest apart are answers of ${percent(worst.from)} to ${percent(worst.to)}, of which ${formatPercent(worst.accuracy)} are right.`
}

const percent = (share: number): string => `${Math.round(100 * share)} %`
