import type { VariableSpec } from '../../engine/backends/backend.js'
import type { Schedule, ScheduledTraining, SchedulePlace } from '../schedules/schedule.js'
import type { Averages } from './averages.js'
import { type AveragingOptions, readAverages } from './averaging-options.js'
import type { CommonOptions } from './common-options.js'
import type { Optimizer } from './optimizer.js'
import type { UpdateRule } from './rule.js'
import { RuleOptimizer, type UsualOptions } from './rule-optimizer.js'
import type { OptimizedWeight, UpdateRecorder, WeightGradient } from './updates.js'

/** The optimizer of a rule, with all that the options ask for. */
export const ruleOptimizer = (rule: UpdateRule, options: CommonOptions, usual: UsualOptions): Optimizer =>
  averaging(new RuleOptimizer(rule, options, usual), options)

/** The optimizer, with averages where they are wanted. */
export function averaging(optimizer: Optimizer, options: AveragingOptions): Optimizer {
  const averages = readAverages(optimizer.name, options)
  return averages ? new AveragingOptimizer(optimizer, averages) : optimizer
}

/** An optimizer whose weights are averaged. */
class AveragingOptimizer implements Optimizer {
  constructor(
    private readonly inner: Optimizer,
    readonly averages: Averages,
  ) {}

  get name(): string {
    return this.inner.name
  }

  get learningRate(): number {
    return this.inner.learningRate
  }

  set learningRate(rate: number) {
    this.inner.learningRate = rate
  }

  get schedule(): Schedule | null {
    return this.inner.schedule
  }

  config(): Record<string, unknown> {
    return { ...this.inner.config(), ...this.averages.config() }
  }

  check(weights: readonly OptimizedWeight[]): void {
    this.inner.check(weights)
  }

  checkTraining(training: ScheduledTraining): void {
    this.inner.checkTraining(training)
  }

  slots(weight: OptimizedWeight): readonly VariableSpec[] {
    return [...this.inner.slots(weight), ...this.averages.slots(weight)]
  }

  record(graph: UpdateRecorder, gradients: readonly WeightGradient[]): void {
    this.inner.record(graph, gradients)
  }

  coefficients(step: number, place: SchedulePlace): Record<string, readonly number[]> {
    return { ...this.inner.coefficients(step, place), ...this.averages.coefficients(step, place) }
  }
}
