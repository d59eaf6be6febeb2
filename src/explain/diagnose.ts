import { type BestEpochs, bestEpochs, type EarlyStopping, earlyStopping } from './diagnosis/best-epochs.js'
import type { Curves, DiagnoseOptions } from './diagnosis/input.js'
import { judge, verdictText } from './diagnosis/judge.js'
import { findRise, type Strength } from './diagnosis/onset.js'
import { readFacts } from './diagnosis/read-facts.js'
import { smooth } from './diagnosis/smooth.js'
import { type StandardErrors, standardErrors } from './diagnosis/standard-errors.js'
import { unknownOf } from './diagnosis/unknown.js'
import type { Evidence, Verdict } from './diagnosis/verdict.js'

/** What can be said of a training from its curves. Plain data; epochs are counted from 0, as in `History`. */
export interface Diagnosis {
  /** The verdict that stands for the whole. */
  readonly verdict: Verdict
  /** All that hold, that one first. */
  readonly verdicts: readonly Verdict[]
  /** The verdict in two sentences, with the numbers; epochs are counted from 1. */
  readonly text: string
  /** What cannot be told, and how to get it. */
  readonly unknown: readonly string[]
  /** The epoch where overfitting starts; null where it does not, or where another verdict explains the rise. */
  readonly onset: number | null
  /** `none` (below 2 %), `mild` (to 10 %), `clear` (to 50 %), `severe`: by `generalisationLoss`. */
  readonly strength: Strength
  /** By how many per cent the smoothed validation loss ends above its lowest. Null without a validation part. */
  readonly generalisationLoss: number | null
  /** Validation loss minus training loss at the end. Null without a validation part. */
  readonly gap: number | null
  /** Of the paired test on the same pictures, lowest validation loss against the end. Null without rows. */
  readonly z: number | null
  /** Whether z is above 3. Null without rows. */
  readonly significant: boolean | null
  /** The smoothed validation loss, which the rule looks at. Empty without a validation part. */
  readonly smoothed: readonly (number | null)[]
  readonly standardErrors: StandardErrors
  readonly best: BestEpochs
  readonly earlyStopping: EarlyStopping
  /** As it was given. */
  readonly classes: number | null
}

/**
 * A verdict on a training from its curves, by fixed rules: does it learn, does it overfit and from when on, is the
 * learning rate right, is the validation part a sample of the data. What is missing (no validation part, one epoch,
 * no rows) is said in `unknown`; it never throws for it.
 *
 * The rule for overfitting follows Prechelt's generalisation loss ("Early Stopping - but when?", 1998) on a smoothed
 * validation loss, with a test on the same pictures before and after.
 *
 * @param curves a `History`, or plain data like it
 * @throws OptionError for an unknown option or a patience that is no whole number
 */
export function diagnose(curves: Curves, options: DiagnoseOptions = {}): Diagnosis {
  const evidence = gather(curves, options)
  const { smoothed, errors, best, stopping, rise, classes } = evidence
  const verdicts = judge(evidence)
  const overfits = verdicts.some(({ name }) => name === 'overfitting')
  return {
    verdict: verdicts[0],
    verdicts,
    text: verdictText(verdicts[0]),
    unknown: unknownOf(evidence),
    onset: overfits ? evidence.epochs[rise!.place!]! : null,
    strength: overfits ? rise!.strength : 'none',
    generalisationLoss: rise?.generalisationLoss ?? null,
    gap: gapAtEnd(evidence),
    z: rise?.z ?? null,
    significant: rise?.significant ?? null,
    smoothed: smoothed.map(value => (Number.isFinite(value) ? value : null)),
    standardErrors: errors,
    best,
    earlyStopping: stopping,
    classes: classes ?? null,
  }
}

function gather(curves: Curves, options: DiagnoseOptions): Evidence {
  const facts = readFacts(curves, options)
  const smoothed = smooth(facts.valLoss)
  const errors = standardErrors(facts)
  return {
    ...facts,
    smoothed,
    errors,
    best: bestEpochs(facts),
    stopping: earlyStopping(facts),
    rise: findRise(facts, smoothed, errors.valLoss),
  }
}

function gapAtEnd({ trainLoss, valLoss, rise }: Evidence): number | null {
  const gap = rise ? valLoss[rise.end]! - trainLoss[rise.end]! : Number.NaN
  return Number.isFinite(gap) ? gap : null
}
