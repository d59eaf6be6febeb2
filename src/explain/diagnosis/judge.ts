import { sharedShare } from './thresholds.js'
import type { Check, Evidence, Verdict, VerdictName } from './verdict.js'
import { classCollapse } from './verdicts/class-collapse.js'
import { diverged } from './verdicts/diverged.js'
import { capacityTooSmall, stillImproving } from './verdicts/flat-or-falling.js'
import { leakage } from './verdicts/leakage.js'
import { noOverfitting, noValidation, oneEpoch } from './verdicts/none.js'
import { notLearning } from './verdicts/not-learning.js'
import { littleValidation, validationBetter } from './verdicts/notes.js'
import { overfitting } from './verdicts/overfitting.js'
import { rateTooHigh } from './verdicts/rate-too-high.js'
import { validationMismatch } from './verdicts/validation-mismatch.js'

/** What makes all further curves meaningless comes first; overfitting after all that can look like it. */
const checks: readonly Check[] = [
  diverged,
  leakage,
  validationMismatch,
  rateTooHigh,
  notLearning,
  classCollapse,
  evidence => noValidation(evidence) ?? oneEpoch(evidence),
  overfitting,
  stillImproving,
  capacityTooSmall,
  validationBetter,
  littleValidation,
]

/** True beside any other verdict: they never stand for the whole. */
const asides: readonly VerdictName[] = ['validation-better', 'little-validation']

/** A few copies are an aside; many make all that is measured on the validation part doubtful. */
const isAside = ({ name, numbers }: Verdict): boolean =>
  name === 'leakage' ? !(numbers.share! > sharedShare.spoils) : asides.includes(name)

/**
 * What follows from another verdict is not said beside it: its advice would lead elsewhere. On a validation part of
 * other classes the loss rises while training learns, and that is no memorising.
 */
const explained: Partial<Record<VerdictName, readonly VerdictName[]>> = {
  'validation-mismatch': ['overfitting', 'class-collapse', 'capacity-too-small'],
  'rate-too-high': ['not-learning', 'class-collapse'],
  'not-learning': ['class-collapse', 'overfitting', 'still-improving'],
}

/** All verdicts that hold, the one that stands for the whole first. */
export function judge(evidence: Evidence): readonly [Verdict, ...Verdict[]] {
  const held = checks.map(check => check(evidence)).filter(verdict => verdict !== null)
  const consequences = held.flatMap(({ name }) => explained[name] ?? [])
  const main = held.filter(verdict => !isAside(verdict) && !consequences.includes(verdict.name))
  const rest = held.filter(isAside)
  const [first = noOverfitting(evidence), ...others] = main
  return [first, ...others, ...rest]
}

/** A verdict in two sentences. What overfitting is needs no "likely": it was just seen. */
export function verdictText({ name, saw, cause, advice }: Verdict): string {
  if (name === 'overfitting') return `${saw}: ${cause}. ${capital(advice)}.`
  if (name === 'no-overfitting') return `${saw}. ${capital([cause, advice].filter(Boolean).join('; '))}.`
  return `${saw}. Likely cause: ${cause}; ${advice}.`
}

const capital = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1)
