import type { VariableSpec } from '../../engine/backends/backend.js'
import type { Schedule, ScheduledTraining, SchedulePlace } from '../schedules/schedule.js'
import type { Optimizer } from './optimizer.js'
import type { OptimizedWeight, UpdateRecorder, WeightGradient } from './updates.js'

type NamedShape = Pick<OptimizedWeight, 'name' | 'shape'>

/**
 * Two optimizers, each with weights of its own. The first is what others see of both: where its learning rate is changed
 * from outside, that of the second changes by the same factor.
 */
export class SplitOptimizer implements Optimizer {
  readonly averages = null
  private readonly usualRate: number
  private readonly othersUsualRate: number

  constructor(
    private readonly first: Optimizer,
    private readonly others: Optimizer,
    protected readonly isFirsts: (weight: NamedShape) => boolean,
  ) {
    this.usualRate = first.learningRate
    this.othersUsualRate = others.learningRate
  }

  get name(): string {
    return this.first.name
  }

  get learningRate(): number {
    return this.first.learningRate
  }

  set learningRate(rate: number) {
    this.first.learningRate = rate
  }

  get schedule(): Schedule | null {
    return this.first.schedule
  }

  config(): Record<string, unknown> {
    return { ...this.first.config(), others: { name: this.others.name, ...this.others.config() } }
  }

  check(weights: readonly OptimizedWeight[]): void {
    this.first.check(weights.filter(this.isFirsts))
    this.others.check(weights.filter(weight => !this.isFirsts(weight)))
  }

  checkTraining(training: ScheduledTraining): void {
    this.first.checkTraining(training)
    this.others.checkTraining(training)
  }

  slots(weight: OptimizedWeight): readonly VariableSpec[] {
    return (this.isFirsts(weight) ? this.first : this.others).slots(weight)
  }

  record(graph: UpdateRecorder, gradients: readonly WeightGradient[]): void {
    const isFirsts = ({ name, value }: WeightGradient) => this.isFirsts({ name, shape: value.shape })
    this.first.record(graph, gradients.filter(isFirsts))
    this.others.record(
      graph,
      gradients.filter(weight => !isFirsts(weight)),
    )
  }

  coefficients(step: number, place: SchedulePlace): Record<string, readonly number[]> {
    this.others.learningRate = this.othersRate(place)
    return { ...this.first.coefficients(step, place), ...this.others.coefficients(step, place) }
  }

  private othersRate(place: SchedulePlace): number {
    const factor = this.schedule ? 1 : this.learningRate / this.usualRate
    return factor * (this.others.schedule?.learningRate(place) ?? this.othersUsualRate)
  }
}
