import { mean, median } from './statistics.js'
import { smoothingWidth } from './thresholds.js'

/**
 * The centred median of 3, then the centred mean of 3; at the ends the window is what there is of it. Epochs without a
 * finite value stay without one, and are passed over by their neighbours. It is looked at, never drawn as the curve.
 */
export const smooth = (values: readonly number[]): number[] => moving(moving(values, median), mean)

function moving(values: readonly number[], middle: (window: number[]) => number): number[] {
  const reach = (smoothingWidth - 1) / 2
  return values.map((value, i) =>
    Number.isFinite(value)
      ? middle(values.slice(Math.max(0, i - reach), i + reach + 1).filter(Number.isFinite))
      : Number.NaN,
  )
}
