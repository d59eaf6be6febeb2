import type { VariableSpec } from '../../engine/backends/backend.js'
import type { Value } from '../../engine/ops/op.js'
import type { SchedulePlace } from '../schedules/schedule.js'
import type { OptimizedWeight, UpdateRecorder } from './updates.js'

/** A weight after the update of a step. */
export interface UpdatedWeight extends OptimizedWeight {
  /** Null: no step moves it. */
  readonly value: Value | null
}

/** Averages of the weights over many steps. Where training ends they are kept in place of the weights. */
export interface Averages {
  /** The options that made it, as plain JSON. */
  config(): Record<string, unknown>
  /** Where the average of a weight is remembered; nothing where none is made. */
  slots(weight: OptimizedWeight): readonly VariableSpec[]
  /** Records how averages follow weights, once these have moved. */
  record(graph: UpdateRecorder, weights: readonly UpdatedWeight[]): void
  /** As the optimizer's. */
  coefficients(step: number, place: SchedulePlace): Record<string, readonly number[]>
  /** Whether there are averages by the time so many steps of a `fit` are done. */
  hasBegun(steps: number): boolean
}

/** c0 · average + c1 · weight, where c0 and c1 are the coefficients `by`. */
export const follow = (graph: UpdateRecorder, average: Value, weight: Value, by: string): Value =>
  graph.apply('combine', { square: false }, [average, weight, graph.input(by, [2])])

/** Coefficients that take the first of two numbers, or the second. */
export const [takeFirst, takeSecond] = [
  [1, 0],
  [0, 1],
] as const
