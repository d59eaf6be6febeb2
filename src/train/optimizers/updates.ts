import type { Shape } from '../../base/shape.js'
import type { Recorder, Value } from '../../engine/ops/op.js'

/** Where an optimizer writes its update. */
export interface UpdateRecorder extends Recorder {
  /** The numbers of a weight or a slot as they are before the step. */
  variable(name: string, shape: Shape): Value
  /** Numbers that come in anew with every step. */
  input(name: string, shape: Shape): Value
  /** After the step the variable holds `value`. */
  update(variable: string, value: Value): void
}

export interface WeightGradient {
  readonly name: string
  readonly value: Value
  readonly gradient: Value
}

/** A weight of the network, before anything is recorded. */
export interface OptimizedWeight {
  /** `conv2d/kernel` */
  readonly name: string
  readonly shape: Shape
  /** Moving statistics, and weights of layers that are not trainable, are not. */
  readonly trainable: boolean
}
