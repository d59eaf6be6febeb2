import type { Sweep } from './sweep.js'

/** Rates that the curve of a sweep speaks for; null where its loss never falls. */
export interface Suggestions {
  /** Where the smoothed loss falls fastest. */
  readonly steepest: number | null
  /** Where the smoothed loss is lowest: already too high to begin with. */
  readonly minimum: number | null
  /**
   * What to try first: the rate of the lowest loss divided by √10, halfway on the logarithmic axis between it, where training is
   * about to go wrong, and the tenth of it that is often taken. To two digits.
   */
  readonly suggestion: number | null
}

/** Share of the sweep over which the slope is taken, so that the noise of single batches does not decide. */
const slopeShare = 0.05
/** A fall of less is noise. */
const leastFall = 0.01

/** Reads rates off a curve. */
export function suggest({ rates, smoothed }: Sweep): Suggestions {
  const lowest = placeOfLowest(smoothed)
  const fallen = lowest > 0 && smoothed[lowest]! < (1 - leastFall) * smoothed[0]!
  if (!fallen) return { steepest: null, minimum: null, suggestion: null }
  const steepest = rates[placeOfSteepest(smoothed, lowest, rates.length)]!
  const minimum = rates[lowest]!
  return { steepest, minimum, suggestion: rounded(minimum / Math.sqrt(10)) }
}

const placeOfLowest = (values: readonly number[]): number =>
  values.reduce((best, value, i) => (value < values[best]! ? i : best), 0)

/** Rates grow by the same factor from step to step, so a slope over steps is one over the logarithm of the rate. */
function placeOfSteepest(smoothed: readonly number[], until: number, steps: number): number {
  const half = Math.max(1, Math.round((slopeShare * steps) / 2))
  let [best, place] = [0, 0]
  for (let i = half; i + half <= until; i++) {
    const fall = smoothed[i - half]! - smoothed[i + half]!
    if (fall > best) [best, place] = [fall, i]
  }
  return place === 0 ? Math.max(0, until - half) : place
}

/** To two digits, as people write rates. */
const rounded = (rate: number): number => Number(rate.toPrecision(2))
