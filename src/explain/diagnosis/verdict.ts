import type { BestEpochs, EarlyStopping } from './best-epochs.js'
import type { Facts } from './input.js'
import type { Rise } from './onset.js'
import type { StandardErrors } from './standard-errors.js'

export type VerdictName =
  | 'diverged'
  | 'leakage'
  | 'validation-mismatch'
  | 'not-learning'
  | 'rate-too-high'
  | 'class-collapse'
  | 'overfitting'
  | 'capacity-too-small'
  | 'still-improving'
  | 'validation-better'
  | 'little-validation'
  | 'no-validation'
  | 'one-epoch'
  | 'no-overfitting'

/** One finding: what was seen, by which test, with which numbers, why it happens and what to do. */
export interface Verdict {
  readonly name: VerdictName
  /** The test that was passed, in words. */
  readonly test: string
  readonly numbers: Readonly<Record<string, number>>
  /** A sentence without its full stop: what was seen, with the numbers. */
  readonly saw: string
  /** Why it happens, as a part of a sentence. */
  readonly cause: string
  /** What to do, as a part of a sentence. */
  readonly advice: string
}

/** What the tests look at. */
export interface Evidence extends Facts {
  readonly smoothed: readonly number[]
  readonly errors: StandardErrors
  readonly best: BestEpochs
  readonly stopping: EarlyStopping
  /** Null without a validation loss. */
  readonly rise: Rise | null
}

/** `cat`, else `class 3` */
export const nameOfClass = ({ classNames }: Evidence, label: number): string =>
  classNames?.[label] ?? `class ${label}`

/** A test: the verdict where it holds, else null. What it needs and does not have counts as not held. */
export type Check = (evidence: Evidence) => Verdict | null
