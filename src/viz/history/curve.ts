import { pathThrough } from '../svg/drawing.js'
import { el, short } from '../svg/element.js'
import { type InkName, paint } from '../svg/theme.js'
import type { Frame } from './frame.js'
import type { DrawnCurves } from './input.js'

/** A place in the drawing. */
export type Point = readonly [x: number, y: number]

/** A curve by its name; gaps are NaN. Empty where there is no such curve. */
export const curveNamed = ({ epoch, history }: DrawnCurves, name: string): number[] => {
  const values = history[name]
  return values ? epoch.map((_, i) => values[i] ?? Number.NaN) : []
}

/** Where the values lie in the frame; what it cannot show (a 0 on a logarithmic axis) is a gap. */
export const pointsOf = (epochs: readonly number[], values: readonly number[], { x, y }: Frame): Point[] =>
  values.map((value, i) => [x(epochs[i]! + 1), y(value)])

const isDrawn = (point: Point | undefined): boolean => point?.every(Number.isFinite) ?? false

export interface LineStyle {
  readonly ink: InkName
  readonly width?: number
  /** Lengths of dashes and gaps. */
  readonly dash?: string
  readonly opacity?: number
}

/** A line through the points; a point without neighbours is a small disc, or nobody would see it. */
export function curve(points: readonly Point[], { ink, width = 2, dash, opacity }: LineStyle): string {
  const alone = points.filter(
    (point, i) => isDrawn(point) && !isDrawn(points[i - 1]) && !isDrawn(points[i + 1]),
  )
  const line = el('path', {
    d: pathThrough(points),
    ...paint({ fill: 'none', stroke: ink }),
    'stroke-width': width,
    'stroke-linejoin': 'round',
    'stroke-dasharray': dash,
    opacity,
  })
  const discs = alone.map(([cx, cy]) =>
    el('circle', { cx, cy, r: 1.5 * width, ...paint({ fill: ink }), opacity }),
  )
  return [points.some(isDrawn) ? line : '', ...discs].join('')
}

/** Two standard errors to both sides, as an area; one for each stretch without gaps. */
export function band(
  epochs: readonly number[],
  values: readonly number[],
  errors: readonly (number | null)[],
  at: Frame,
  ink: InkName,
): string {
  // A logarithmic axis has no place for 0 or less: there the band goes down to the frame's edge.
  const onAxis = (edge: number, value: number) => (value > 0 ? Math.max(edge, Number.MIN_VALUE) : edge)
  const edge = (sign: number) =>
    pointsOf(
      epochs,
      values.map((value, i) => onAxis(value + sign * 2 * (errors[i] ?? Number.NaN), value)),
      at,
    )
  const [upper, lower] = [edge(1), edge(-1)]
  return stretches(upper, lower)
    .map(([from, to]) => {
      const outline = [...upper.slice(from, to), ...lower.slice(from, to).reverse()].map(clampTo(at))
      const d = `M${outline.map(([x, y]) => `${short(x)} ${short(y)}`).join('L')}Z`
      return el('path', { d, ...paint({ fill: ink }), opacity: 0.16 })
    })
    .join('')
}

/** The frame's edge hides what of a band lies outside. */
const clampTo =
  ({ top, bottom }: Frame) =>
  ([x, y]: Point): Point => [x, Math.min(bottom, Math.max(top, y))]

/** From and to (excluded) of each run of places where both edges are drawn, two or more long. */
function stretches(upper: readonly Point[], lower: readonly Point[]): [from: number, to: number][] {
  const found: [number, number][] = []
  let from = 0
  for (let i = 0; i <= upper.length; i++) {
    if (isDrawn(upper[i]) && isDrawn(lower[i])) continue
    if (i - from > 1) found.push([from, i])
    from = i + 1
  }
  return found
}
