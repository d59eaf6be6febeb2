import { el } from '../svg/element.js'
import { linearScale, logScale, niceTicks, type Scale } from '../svg/scales.js'
import { label } from '../svg/text.js'
import { paint } from '../svg/theme.js'

/** Units of one panel. The right margin holds the labels at the ends of the lines. */
export const panel = { width: 400, height: 276, left: 46, right: 104, top: 50, bottom: 42 } as const

/** Where curves are drawn: x in epochs from 1, y in values. */
export interface Frame {
  readonly x: Scale
  readonly y: Scale
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
  readonly svg: string
}

export interface FrameOptions {
  readonly title: string
  /** First and last epoch, from 1. */
  readonly epochs: readonly [number, number]
  readonly values: readonly [number, number]
  readonly log?: boolean
  /** How a number at the axis is written. */
  readonly write: (value: number) => string
}

/** Axes, grid and title of a panel. */
export function frame({ title, epochs, values, log = false, write }: FrameOptions): Frame {
  const { width, height, left, top } = panel
  const [right, bottom] = [width - panel.right, height - panel.bottom]
  const x = linearScale(epochs, [left + 6, right])
  const y = (log ? logScale : linearScale)(values, [bottom, top])
  const rows = (log ? logTicks : niceTicks)(...values)
  const grid = rows.map(value =>
    [
      el('line', { x1: left, x2: right, y1: y(value), y2: y(value), ...paint({ stroke: 'grid' }) }),
      label(left - 7, y(value), write(value), { size: 11, ink: 'muted', anchor: 'end', align: 'middle' }),
    ].join(''),
  )
  const columns = epochTicks(...epochs).map(value =>
    [
      el('line', { x1: x(value), x2: x(value), y1: bottom, y2: bottom + 4, ...paint({ stroke: 'line' }) }),
      label(x(value), bottom + 17, String(value), { size: 11, ink: 'muted', anchor: 'middle' }),
    ].join(''),
  )
  const base = el('line', { x1: left, x2: right, y1: bottom, y2: bottom, ...paint({ stroke: 'line' }) })
  const names = [
    label(12, 20, title, { size: 14, weight: 'bold' }),
    label((left + right) / 2, bottom + 33, 'epoch', { size: 11, ink: 'muted', anchor: 'middle' }),
  ]
  return { x, y, left, right, top, bottom, svg: [...grid, base, ...columns, ...names].join('') }
}

/** Whole numbers; the first epoch too where there is room for it. */
export function epochTicks(first: number, last: number): number[] {
  const ticks = niceTicks(first, last, 5).filter(Number.isInteger)
  const step = (ticks[1] ?? last + 1) - (ticks[0] ?? 0)
  const free = ticks.length === 0 || ticks[0]! - first >= 0.4 * step
  return ticks.includes(first) || !free ? ticks : [first, ...ticks]
}

/** 1, 2 and 5 times powers of ten; only the powers where there are many. */
export function logTicks(from: number, to: number): number[] {
  const powers = Array.from(
    { length: Math.ceil(Math.log10(to)) - Math.floor(Math.log10(from)) + 1 },
    (_, i) => i + Math.floor(Math.log10(from)),
  )
  const within = (value: number) => value >= from * (1 - 1e-9) && value <= to * (1 + 1e-9)
  const steps = powers.length > 4 ? [1] : [1, 2, 5]
  return powers.flatMap(power => steps.map(step => Number(`${step}e${power}`))).filter(within)
}
