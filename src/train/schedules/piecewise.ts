import { OptionError } from '../../base/errors.js'
import { unknownName } from '../../base/nearest.js'
import { checkFits, type LengthUnit, lengthUnits, passed } from './length.js'
import { makeSchedule, type WarmUpOption } from './make-schedule.js'
import { between, checkRate } from './rates.js'
import type { Schedule } from './schedule.js'

/** When, and the rate then. */
export type RatePoint = readonly [at: number, rate: number]

export interface PiecewiseOptions extends WarmUpOption {
  /** In their order: at least one, the times rising from 0 on. Before the first and after the last the rate stays. */
  readonly points: readonly RatePoint[]
  /** In what times are given: a `share` of the training (0 … 1), `epochs` or `steps`. Default `share`. */
  readonly unit?: LengthUnit
}

/** Straight lines between points: `piecewise({ points: [[0, 0.01], [0.3, 0.1], [1, 0]] })`. */
export function piecewise(options: PiecewiseOptions): Schedule {
  const { points, unit = 'share' } = options
  if (!lengthUnits.includes(unit)) throw unknownName('unit of piecewise', unit, lengthUnits)
  checkPoints(points, unit)
  return makeSchedule(options, {
    name: 'piecewise',
    config: { points: points.map(([at, rate]) => [at, rate]), unit },
    rate: place => rateAt(points, passed({ unit, value: 1 }, place)),
    check: training => checkFits('piecewise: the last point', { unit, value: points.at(-1)![0] }, training),
  })
}

function rateAt(points: readonly RatePoint[], now: number): number {
  const next = points.findIndex(([at]) => at > now)
  if (next === -1) return points.at(-1)![1]
  const [to, rate] = points[next]!
  const [from, before] = points[next - 1] ?? [now, rate]
  return between(before, rate, (now - from) / (to - from))
}

function checkPoints(points: readonly RatePoint[], unit: LengthUnit): void {
  const refuse = (problem: string): never => {
    throw new OptionError(`piecewise: ${problem}`, 'For example points: [[0, 0.01], [0.3, 0.1], [1, 0]].')
  }
  if (!Array.isArray(points) || points.length === 0)
    refuse(`points must be a list of [when, rate], but ${JSON.stringify(points)} came.`)
  for (const [i, point] of points.entries()) {
    if (!Array.isArray(point) || point.length !== 2)
      refuse(`point ${i + 1} must be [when, rate], but ${JSON.stringify(point)} came.`)
    const [at, rate] = point
    checkRate('piecewise', `the rate of point ${i + 1}`, rate, { zero: true })
    if (!Number.isFinite(at) || at < 0 || (unit === 'share' && at > 1))
      refuse(
        `point ${i + 1} is at ${String(at)}, which is no ${unit === 'share' ? 'share of the training (0 … 1)' : `number of ${unit}`}.`,
      )
    if (i > 0 && at <= points[i - 1]![0])
      refuse(`point ${i + 1} is at ${at}, which does not come after ${points[i - 1]![0]}.`)
  }
  if (points.every(([, rate]) => rate === 0)) refuse('all rates are 0, so nothing would be learned.')
}
