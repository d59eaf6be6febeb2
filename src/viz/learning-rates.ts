import { OptionError } from '../base/errors.js'
import { curve, type Point } from './history/curve.js'
import { Drawing } from './svg/drawing.js'
import { el } from './svg/element.js'
import { linearScale, logScale, niceTicks, type Scale } from './svg/scales.js'
import { label, textWidth } from './svg/text.js'
import { paint } from './svg/theme.js'

/** What `model.findLearningRate` gives. */
export interface LearningRatesToDraw {
  readonly rates: readonly number[]
  readonly losses: readonly number[]
  readonly smoothed: readonly number[]
  readonly steepest: number | null
  readonly minimum: number | null
  readonly suggestion: number | null
  readonly divergedAt: number | null
}

const size = { width: 400, height: 290 } as const
const box = { left: 44, right: 388, top: 58, bottom: 240 } as const

interface Axes {
  readonly x: Scale
  readonly y: Scale
  readonly values: readonly [number, number]
}

/**
 * The loss over the learning rates that were tried: batch by batch faintly, smoothed in bold, the suggested rate marked, and
 * the rates above the lowest loss shaded, where training goes wrong.
 *
 * @throws OptionError where fewer than two rates were tried
 */
export function drawLearningRates(found: LearningRatesToDraw): Drawing {
  const { rates, losses, smoothed, minimum } = found
  if (rates.length < 2)
    throw new OptionError(
      `drawLearningRates: a curve takes two rates at least, but ${rates.length} came.`,
      'Begin the sweep with a lower rate: { from: 0.0000001 }.',
    )
  const axes = axesOf(found)
  const points = (values: readonly number[]) => values.map((value, i) => placeOf(axes, rates[i]!, value))
  return new Drawing({
    ...size,
    title: 'Loss over learning rates',
    description: describe(found),
    body: [
      label(12, 24, 'Loss over learning rates', { size: 15, weight: 'bold' }),
      minimum === null ? '' : tooHigh(axes, minimum),
      grid(axes, rates),
      curve(points(losses), { ink: 'train', width: 1, opacity: 0.35 }),
      curve(points(smoothed), { ink: 'train', width: 2.5 }),
      suggestionMark(found, axes),
      label((box.left + box.right) / 2, size.height - 10, 'learning rate', {
        size: 11,
        ink: 'muted',
        anchor: 'middle',
      }),
    ].join(''),
  })
}

/** The raw losses of a training that goes wrong know no bounds: the axis shows what the smoothed curve does. */
function axesOf({ rates, smoothed }: LearningRatesToDraw): Axes {
  const lowest = smoothed.reduce((low, value) => Math.min(low, value))
  const highest = Math.min(
    smoothed.reduce((high, value) => Math.max(high, value)),
    2 * smoothed[0]! - lowest,
  )
  const margin = Math.max(0.15 * (highest - lowest), 1e-3 * Math.abs(highest))
  const values = [lowest - margin, highest + margin] as const
  return {
    x: logScale([rates[0]!, rates.at(-1)!], [box.left, box.right]),
    y: linearScale(values, [box.bottom, box.top]),
    values,
  }
}

/** What lies outside the axis stays at its edge. */
const placeOf = ({ x, y }: Axes, rate: number, value: number): Point => [
  x(rate),
  Math.min(box.bottom, Math.max(box.top, y(value))),
]

function tooHigh({ x }: Axes, minimum: number): string {
  const from = x(minimum)
  const words = 'too high'
  const fits = box.right - from > textWidth(words, { size: 11 }) + 8
  return [
    el('rect', {
      x: from,
      y: box.top,
      width: box.right - from,
      height: box.bottom - box.top,
      ...paint({ fill: 'bad' }),
      opacity: 0.1,
    }),
    fits ? label(box.right - 4, box.bottom - 8, words, { size: 11, ink: 'muted', anchor: 'end' }) : '',
  ].join('')
}

function grid({ x, y, values }: Axes, rates: readonly number[]): string {
  const rows = niceTicks(...values, 4).map(value => [
    el('line', { x1: box.left, x2: box.right, y1: y(value), y2: y(value), ...paint({ stroke: 'grid' }) }),
    label(box.left - 6, y(value), String(value), { size: 11, ink: 'muted', anchor: 'end', align: 'middle' }),
  ])
  const columns = powersBetween(rates[0]!, rates.at(-1)!).flatMap(power => [
    el('line', {
      x1: x(10 ** power),
      x2: x(10 ** power),
      y1: box.bottom,
      y2: box.bottom + 4,
      ...paint({ stroke: 'line' }),
    }),
    label(x(10 ** power), box.bottom + 17, powerOfTen(power), { size: 11, ink: 'muted', anchor: 'middle' }),
  ])
  const floor = el('line', {
    x1: box.left,
    x2: box.right,
    y1: box.bottom,
    y2: box.bottom,
    ...paint({ stroke: 'line' }),
  })
  return [...rows.flat(), floor, ...columns].join('')
}

function powersBetween(from: number, to: number): number[] {
  const [first, last] = [Math.ceil(Math.log10(from) - 1e-9), Math.floor(Math.log10(to) + 1e-9)]
  return Array.from({ length: last - first + 1 }, (_, i) => first + i)
}

const superscripts = '⁰¹²³⁴⁵⁶⁷⁸⁹'

/** `0.01`, `1`, `100`, and beyond them `10⁻⁵`. */
export function powerOfTen(power: number): string {
  if (Math.abs(power) <= 2) return String(Number((10 ** power).toFixed(2)))
  const digits = [...String(Math.abs(power))].map(digit => superscripts[Number(digit)]).join('')
  return `10${power < 0 ? '⁻' : ''}${digits}`
}

function suggestionMark({ suggestion }: LearningRatesToDraw, { x }: Axes): string {
  if (suggestion === null) return ''
  const text = `try ${suggestion}`
  const width = textWidth(text, { size: 12, weight: 'bold' })
  const start = Math.min(box.right - width, Math.max(box.left, x(suggestion) - width / 2))
  return [
    el('line', {
      x1: x(suggestion),
      x2: x(suggestion),
      y1: box.top - 8,
      y2: box.bottom,
      ...paint({ stroke: 'accent' }),
      'stroke-width': 2,
    }),
    label(start, box.top - 13, text, { size: 12, weight: 'bold', ink: 'accent' }),
  ].join('')
}

function describe({ rates, suggestion, minimum, steepest, divergedAt }: LearningRatesToDraw): string {
  const tried = `${rates.length} learning rates from ${short(rates[0]!)} to ${short(rates.at(-1)!)} were tried.`
  if (suggestion === null) return `${tried} The loss never fell: more steps are needed, or other rates.`
  return [
    tried,
    ` The loss falls fastest at ${short(steepest!)} and is lowest at ${short(minimum!)}`,
    `${divergedAt === null ? '.' : `; at ${short(divergedAt)} training goes wrong.`} Try ${suggestion}.`,
  ].join('')
}

const short = (rate: number): string => String(Number(rate.toPrecision(2)))
