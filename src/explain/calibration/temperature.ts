import { exp } from '../../base/portable-math.js'
import type { ProbabilityRows } from './probability-rows.js'

/** What kept a temperature from where the loss is lowest. */
export type TemperatureLimit = 'pictures' | 'mistakes' | 'bound'

export interface FoundTemperature {
  readonly temperature: number
  /** See `limit` of Calibration. */
  readonly limit: TemperatureLimit | null
}

/** Beyond these a temperature says that something else is wrong: labels that do not belong to the pictures. */
export const temperatureBounds = [0.05, 20] as const

/** With fewer pictures nothing is fitted: of 20 a good network gets two or three wrong, and chance says which. */
export const leastPictures = 20

/** What pulls a temperature below 1 back up are mistakes; with fewer than these it hangs on single pictures. */
export const leastMistakes = 10

const mostSteps = 100
const closeEnough = 1e-12

/**
 * The temperature at which the mean loss is lowest, by Newton's steps in 1/T. There the loss is convex (log Σ exp of what is
 * linear in 1/T), so its slope has one zero; a step that leaves the bracket around it is replaced by its geometric mean.
 *
 * @param labels [N], within the classes
 */
export function fitTemperature(given: ProbabilityRows, labels: ArrayLike<number>): FoundTemperature {
  if (given.rows < leastPictures) return { temperature: 1, limit: 'pictures' }
  const [coldest, hottest] = temperatureBounds
  const fewMistakes = countMistakes(given, labels) < leastMistakes
  const [low, high] = [1 / hottest, fewMistakes ? 1 : 1 / coldest]
  if (slopeAt(given, labels, high).slope <= 0)
    return { temperature: 1 / high, limit: fewMistakes ? 'mistakes' : 'bound' }
  if (slopeAt(given, labels, low).slope >= 0) return { temperature: hottest, limit: 'bound' }
  return { temperature: 1 / zeroBetween(low, high, at => slopeAt(given, labels, at)), limit: null }
}

/** Rows whose own class has less than the highest probability: ties pull no temperature anywhere. */
function countMistakes({ gaps, classes, rows }: ProbabilityRows, labels: ArrayLike<number>): number {
  let mistakes = 0
  for (let row = 0; row < rows; row++) if (gaps[row * classes + labels[row]!]! < 0) mistakes++
  return mistakes
}

interface Slope {
  readonly slope: number
  /** The slope's own slope, at least 0. */
  readonly curvature: number
}

/**
 * Of the mean loss by `sharpness`, which is 1/T: the mean over rows of E[z] - z of the label, and of the variance of z, where z
 * are the logits and the classes are drawn as the scaled probabilities say.
 */
function slopeAt(
  { gaps, classes, rows }: ProbabilityRows,
  labels: ArrayLike<number>,
  sharpness: number,
): Slope {
  let [slope, curvature] = [0, 0]
  for (let row = 0; row < rows; row++) {
    let [sum, first, second] = [0, 0, 0]
    for (let at = row * classes; at < (row + 1) * classes; at++) {
      const gap = gaps[at]!
      const share = exp(sharpness * gap)
      sum += share
      first += share * gap
      second += share * gap * gap
    }
    const mean = first / sum
    slope += mean - gaps[row * classes + labels[row]!]!
    curvature += second / sum - mean * mean
  }
  return { slope: slope / rows, curvature: curvature / rows }
}

/** Where a rising slope is 0, between `low`, where it is below, and `high`, where it is above. */
function zeroBetween(low: number, high: number, slopeAt: (at: number) => Slope): number {
  let [below, above] = [low, high]
  let at = Math.min(high, 1)
  for (let step = 0; step < mostSteps && above - below > closeEnough * above; step++) {
    const { slope, curvature } = slopeAt(at)
    if (slope === 0) return at
    if (slope > 0) above = at
    else below = at
    const newton = at - slope / curvature
    const next = newton > below && newton < above ? newton : Math.sqrt(below * above)
    if (Math.abs(next - at) <= closeEnough * at) return next
    at = next
  }
  return at
}
