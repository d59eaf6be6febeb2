import type { Facts } from './input.js'
import { pairedZ } from './paired-test.js'
import { placeOfLowest, slope } from './statistics.js'
import {
  marginErrors,
  relativeMargin,
  shareAbove,
  shortestWindow,
  significantZ,
  strengths,
  tieErrors,
  windowShare,
} from './thresholds.js'

export type Strength = 'none' | 'mild' | 'clear' | 'severe'

/** What the validation loss does after its lowest point. */
export interface Rise {
  /** Where the onset stands, a place in the curves; null where none is declared. */
  readonly place: number | null
  /** Place of the smoothed validation loss's lowest value, ties within a quarter of a standard error: the earliest. */
  readonly lowest: number
  /** Last place with a validation loss. */
  readonly end: number
  readonly strength: Strength
  /** Prechelt's generalisation loss at the end, in per cent, of the smoothed curve. */
  readonly generalisationLoss: number
  /** Of the paired test between `lowest` and `end`; null without rows. */
  readonly z: number | null
  /** Whether z is above 3; null without rows. */
  readonly significant: boolean | null
}

/** How many epochs a rise must last: a tenth of all, at least 3. */
export const windowLength = (epochs: number): number =>
  Math.max(shortestWindow, Math.ceil(windowShare * epochs))

/**
 * Looks for the onset of overfitting. It is declared at the lowest smoothed validation loss if at least k epochs follow
 * it, at the end of them the loss is higher by a margin, most of the last k are as high, and the training loss falls
 * over all of them. A rise whose generalisation loss is below 2 % is called none and has no onset. Null without a
 * validation loss.
 *
 * @param smoothed of `facts.valLoss`
 * @param errors standard errors of the validation loss, null where unknown
 */
export function findRise(
  facts: Facts,
  smoothed: readonly number[],
  errors: readonly (number | null)[],
): Rise | null {
  const lowest = placeOfMinimum(smoothed, errors)
  if (lowest < 0) return null
  const end = smoothed.findLastIndex(Number.isFinite)
  const generalisationLoss = lossAgainstLowest(smoothed, end)
  const rises = staysAbove(smoothed, lowest, end, errors[lowest] ?? 0)
  const declared = rises && slope(facts.trainLoss.slice(lowest, end + 1)) < 0
  const strength = declared ? strengthOf(generalisationLoss) : 'none'
  const z = pairedZ(facts.rows[lowest], facts.rows[end])
  const significant = z === null ? null : z > significantZ
  const place = strength === 'none' ? null : lowest
  return { place, lowest, end, strength, generalisationLoss, z, significant }
}

/** The earliest place whose value is within a quarter of a standard error of the lowest. */
function placeOfMinimum(smoothed: readonly number[], errors: readonly (number | null)[]): number {
  const lowest = placeOfLowest(smoothed)
  if (lowest < 0) return -1
  const limit = smoothed[lowest]! + tieErrors * (errors[lowest] ?? 0)
  return smoothed.findIndex(value => value <= limit)
}

/** 100 · (V(end) / min V - 1). */
function lossAgainstLowest(smoothed: readonly number[], end: number): number {
  const lowest = smoothed[placeOfLowest(smoothed)]!
  return smoothed[end] === lowest ? 0 : 100 * (smoothed[end]! / lowest - 1)
}

function staysAbove(smoothed: readonly number[], lowest: number, end: number, error: number): boolean {
  const window = windowLength(smoothed.length)
  if (end - lowest < window) return false
  const margin = Math.max(relativeMargin * smoothed[lowest]!, marginErrors * error)
  const isAbove = (value: number) => value >= smoothed[lowest]! + margin
  const last = smoothed.slice(end - window + 1, end + 1)
  return isAbove(smoothed[end]!) && last.filter(isAbove).length >= shareAbove * window
}

function strengthOf(generalisationLoss: number): Strength {
  if (generalisationLoss > strengths.severe) return 'severe'
  if (generalisationLoss > strengths.clear) return 'clear'
  return generalisationLoss >= strengths.mild ? 'mild' : 'none'
}
