import { niceTicks } from '../svg/scales.js'

export interface RangeOptions {
  readonly range: 'zero' | 'data'
  readonly log?: boolean
  /** No value can be above. */
  readonly most?: number
}

/** The axis for values: from 0, or from the data with some air; on a logarithmic axis from the lowest above 0. */
export function axisRange(
  values: readonly number[],
  { range, log = false, most }: RangeOptions,
): [number, number] {
  const drawn = values.filter(value => Number.isFinite(value) && (!log || value > 0))
  if (drawn.length === 0) return log ? [0.1, 1] : [0, 1]
  const [low, high] = [Math.min(...drawn), Math.max(...drawn)]
  if (log) return low < high ? [low / 1.1, high * 1.1] : [low / 2, high * 2]
  const air = high > low ? 0.05 * (high - low) : 0.05 * Math.abs(high) || 0.5
  const top = Math.min(most ?? Number.POSITIVE_INFINITY, high + air)
  return range === 'zero' && low >= 0 ? [0, upToTick(top)] : [low - air, top]
}

/** A little above the highest value the axis ends at a round number. */
function upToTick(high: number): number {
  const [first = 0, second = high] = niceTicks(0, high)
  const step = second - first || high
  const next = Math.ceil(high / step - 1e-9) * step
  return next - high < 0.5 * step ? next : high
}
