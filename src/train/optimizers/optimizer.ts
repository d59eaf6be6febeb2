import type { VariableSpec } from '../../engine/backends/backend.js'
import type { Schedule, ScheduledTraining, SchedulePlace } from '../schedules/schedule.js'
import type { Averages } from './averages.js'
import type { OptimizedWeight, UpdateRecorder, WeightGradient } from './updates.js'

/**
 * How gradients become new weights. The update is recorded once as ops that work in place; numbers that change from
 * step to step (learning rate, Adam's correction) come in as coefficients, so nothing is compiled anew for them.
 */
export interface Optimizer {
  /** `sgd`, `adam`. */
  readonly name: string
  /** May be changed between steps, for instance by a callback; a schedule sets it before each step. */
  learningRate: number
  /** What sets the learning rate; null: nobody, it stays as it is. */
  readonly schedule: Schedule | null
  /** What is kept in place of the weights where training ends; null: the weights themselves. */
  readonly averages: Averages | null
  /** The options as plain JSON, those that are off left out: what is saved, and what the factory of this name takes. */
  config(): Record<string, unknown>
  /** Refuses a network that its options do not fit: a group of weights that has no member there. */
  check(weights: readonly OptimizedWeight[]): void
  /** Refuses a training that one of its schedules does not fit into. */
  checkTraining(training: ScheduledTraining): void
  /** What is remembered beside one weight, named `sgd/velocity/conv2d/kernel`. All begin as zeros. */
  slots(weight: OptimizedWeight): readonly VariableSpec[]
  /** Records the update of all weights that have a gradient. */
  record(graph: UpdateRecorder, gradients: readonly WeightGradient[]): void
  /**
   * The coefficients of a step, computed in float64.
   *
   * @param step steps before it since `compile`
   * @param place where it stands in the `fit` under way
   */
  coefficients(step: number, place: SchedulePlace): Record<string, readonly number[]>
}
