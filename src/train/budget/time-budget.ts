import { OptionError } from '../../base/errors.js'
import type { BudgetState } from '../checkpoint.js'
import { stepsWithin } from './steps-within.js'

/** What a budget is for. */
export interface BudgetTerms {
  readonly seconds: number
  readonly stepsPerEpoch: number
  /** Steps after which training ends in any case; Infinity where only the budget ends it. */
  readonly mostSteps: number
  /** The clock, in seconds, and what it said when training began. */
  readonly clock: () => number
  readonly startedAt: number
}

/** The way to the end: so many steps from here on, in which the progress grows evenly to 1. */
interface Line {
  readonly step: number
  readonly progress: number
  /** Infinity before the pace is known: the progress stays. */
  readonly left: number
}

/** Steps that are measured before the first plan, the first of all aside. */
const measuredSteps = 5
/** The plan is made anew when this share of the budget has passed. */
const planningShare = 0.02
/** The plan is told when this share of the time has passed. */
const settlingShare = 0.1
/** The pace is the mean over about this share of the budget, so that what happens now and then (a checkpoint) counts evenly, */
const paceShare = 0.05
/** and over so many steps at least. */
const paceSteps = 20

/**
 * Plans a training so that it ends, and its schedule with it, when a time has passed: how many steps that makes follows
 * from the pace of those before. What it plans may change; the progress it tells never goes back and ends at 1.
 */
export class TimeBudget {
  /** Seconds of an epoch's end: estimated before the first, then that of the last. */
  endSeconds = 0
  private line: Line
  private usedBefore = 0
  private plannedAt = Number.NEGATIVE_INFINITY
  private steps = 0
  private stepSeconds = 0
  private lastStepAt: number
  private isPlanned = false
  private isPlanChecked = false
  private isPlanTold = false

  constructor(
    private readonly terms: BudgetTerms,
    resumed: BudgetState | null,
    step: number,
  ) {
    this.line = {
      step,
      progress: resumed?.progress ?? 0,
      left: resumed?.stepsLeft ?? Number.POSITIVE_INFINITY,
    }
    this.usedBefore = resumed?.used ?? 0
    this.endSeconds = resumed?.endSeconds ?? 0
    this.lastStepAt = terms.clock()
  }

  /** Seconds that have passed, those before an interruption included. */
  get used(): number {
    return this.usedBefore + this.terms.clock() - this.terms.startedAt
  }

  /** The share of the training that lies before a step, 0 … 1. */
  progressAt(step: number): number {
    const { line } = this
    if (line.left === 0) return 1
    return Math.min(1, line.progress + ((1 - line.progress) * (step - line.step)) / line.left)
  }

  /** Steps that are left as planned now. */
  stepsLeft(step: number): number {
    return Math.max(0, this.line.left - (step - this.line.step))
  }

  /** Steps of the whole training as planned now; some large number before the pace is known. */
  plannedSteps(step: number): number {
    return Math.min(step + this.stepsLeft(step), this.terms.mostSteps, manySteps)
  }

  /** Seconds of a step at the pace of now. */
  get pace(): number {
    return this.stepSeconds
  }

  /** True once: when there is a plan. */
  takeFirstPlan(): boolean {
    const isFirst = this.isPlanned && !this.isPlanChecked
    this.isPlanChecked ||= isFirst
    return isFirst
  }

  /** True once: when the pace has settled, so that the plan is worth telling. The first steps are slower than the rest. */
  takeSettledPlan(): boolean {
    const { usedBefore, used, terms } = this
    const isSettled = used - usedBefore >= settlingShare * (terms.seconds - usedBefore)
    const isFirst = this.isPlanned && !this.isPlanTold && isSettled
    this.isPlanTold ||= isFirst
    return isFirst
  }

  /** An epoch begins: what passed before belongs to no step. */
  epochBegins(): void {
    this.lastStepAt = this.terms.clock()
  }

  /**
   * One more step is done: where it is due, the plan is made anew.
   *
   * @param step steps of the training that are done
   * @param inEpoch those of the epoch under way
   */
  stepDone(step: number, inEpoch: number): void {
    const now = this.terms.clock()
    this.takeIn(now - this.lastStepAt)
    this.lastStepAt = now
    if (this.isDue()) this.plan(step, inEpoch)
  }

  /** An epoch is measured and saved. @param step steps of the training that are done */
  epochEnded(step: number): void {
    this.endSeconds = this.terms.clock() - this.lastStepAt
    if (this.steps > 0) this.plan(step, 0)
  }

  /** Refuses a budget that is used up before what was learned can be measured. */
  refuseTooShort(step: number): void {
    const { used, endSeconds, terms } = this
    if (used + endSeconds <= terms.seconds) return
    throw new OptionError(
      `fit: a budget of ${shown(terms.seconds)} is too short: after ${step === 1 ? 'the first step' : `${step} steps`} ${shown(used)} had passed, and measuring an epoch takes ${shown(endSeconds)}.`,
      `Give at least ${shown(roundedUp(2 * (used + endSeconds)))}.`,
    )
  }

  state(step: number): BudgetState {
    const left = this.stepsLeft(step)
    return {
      used: this.used,
      steps: step,
      progress: this.progressAt(step),
      stepsLeft: Number.isFinite(left) ? left : null,
      endSeconds: this.endSeconds,
    }
  }

  /** The very first step carries what happens once, so it counts only until there is a second. */
  private takeIn(seconds: number): void {
    this.steps++
    const counted = Math.max(1, this.steps - 1)
    const span = (paceShare * this.terms.seconds) / Math.max(this.stepSeconds, shortestStep)
    this.stepSeconds += (seconds - this.stepSeconds) / Math.min(counted, Math.max(paceSteps, span))
  }

  private isDue(): boolean {
    const { seconds, stepsPerEpoch } = this.terms
    const { used, steps } = this
    const left = seconds - used - this.endSeconds
    if (left <= 0 || (steps > 1 && left < this.stepSeconds)) return true
    if (used - this.plannedAt < planningShare * seconds) return false
    if (this.isPlanned || steps > measuredSteps) return true
    return steps === stepsPerEpoch || (steps > 1 && used >= planningShare * seconds)
  }

  private plan(step: number, inEpoch: number): void {
    const { seconds, stepsPerEpoch, mostSteps } = this.terms
    const progress = this.progressAt(step)
    const costs = { step: this.stepSeconds, end: this.endSeconds }
    const fitting = stepsWithin(seconds - this.used, costs, { stepsPerEpoch, step: inEpoch })
    const left = this.stepsLeft(step) === 0 ? 0 : Math.min(fitting, mostSteps - step)
    this.line = { step, progress, left }
    this.plannedAt = this.used
    this.isPlanned = true
  }
}

/** A clock may be too coarse for what it measures. */
const shortestStep = 1e-9

/** Stands for a number of steps that nobody knows yet. */
const manySteps = 1e9

const shown = (seconds: number): string => `${Number(seconds.toPrecision(2))} s`

/** To one digit. */
function roundedUp(seconds: number): number {
  let unit = 1
  while (unit > seconds) unit /= 10
  while (unit * 10 <= seconds) unit *= 10
  return Number((Math.ceil(seconds / unit) * unit).toPrecision(1))
}
