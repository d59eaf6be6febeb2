import { standardError } from '../../base/shares.js'
import type { Facts } from './input.js'
import { standardErrorOfMean } from './statistics.js'

/** One standard error for each epoch; null where it cannot be told. */
export interface StandardErrors {
  /** sd of the rows' losses / √N. */
  readonly valLoss: readonly (number | null)[]
  /** √(p (1 - p) / N). */
  readonly valAccuracy: readonly (number | null)[]
}

export function standardErrors({
  epochs,
  rows,
  valAccuracy,
  validationRows = Number.NaN,
}: Facts): StandardErrors {
  return {
    valLoss: rows.map(row => known(row ? standardErrorOfMean(row.loss) : Number.NaN)),
    valAccuracy: epochs.map((_, i) =>
      known(standardError(valAccuracy[i] ?? Number.NaN, rows[i]?.loss.length ?? validationRows)),
    ),
  }
}

const known = (value: number): number | null => (Number.isFinite(value) ? value : null)
