import type { EpochRows } from './input.js'
import { mean, standardErrorOfMean } from './statistics.js'

/**
 * How much the losses of the same pictures rose from one epoch to another, in standard errors: with d the differences,
 * z = mean(d) / (sd(d) / √N). Pictures differ far more among themselves than one picture does between two epochs, so
 * this sees rises that the standard error of the loss would hide. Null where an epoch has no rows, or fewer than two.
 */
export function pairedZ(before: EpochRows | undefined, after: EpochRows | undefined): number | null {
  if (!before || !after || before.loss.length !== after.loss.length || before.loss.length < 2) return null
  const differences = Float64Array.from(after.loss, (loss, i) => loss - before.loss[i]!)
  const rise = mean(differences)
  const error = standardErrorOfMean(differences)
  // All pictures alike: either nothing changed, or nothing is left to chance.
  if (error === 0) return rise === 0 ? 0 : Math.sign(rise) * Number.POSITIVE_INFINITY
  const z = rise / error
  return Number.isNaN(z) ? null : z
}
