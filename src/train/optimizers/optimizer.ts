import type { Shape } from '../../base/shape.js'
import type { VariableSpec } from '../../engine/backends/backend.js'
import type { Recorder, Value } from '../../engine/ops/op.js'
import type { Schedule } from '../schedules/schedule.js'

/** Where an optimizer writes its update: a recorder that also notes which variable takes which value. */
export interface UpdateRecorder extends Recorder {
  update(variable: string, value: Value): void
}

export interface WeightGradient {
  readonly name: string
  readonly value: Value
  readonly gradient: Value
}

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
  /** Every option with its value, as plain JSON: what is saved, and what the factory of this name takes. */
  config(): Record<string, unknown>
  /** What is remembered beside one weight, named `sgd/velocity/conv2d/kernel`. All begin as zeros. */
  slots(weight: string, shape: Shape): readonly VariableSpec[]
  /** Records the update of one weight. `slot` and `coefficients` give the values of these names. */
  record(
    graph: UpdateRecorder,
    weight: WeightGradient,
    slot: (name: string) => Value,
    coefficients: (name: string, length?: number) => Value,
  ): void
  /** The coefficients of the step after `step` others (from 0), computed in float64. */
  coefficients(step: number): Record<string, number[]>
}
