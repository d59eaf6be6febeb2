import type { Values } from '../engine/backends/backend.js'
import type { Optimizer } from './optimizers/optimizer.js'
import type { SchedulePlace } from './schedules/schedule.js'
import { stepInput } from './step.js'

/** The dropout op takes integers below 2²⁴, which float32 holds exactly. */
export const dropoutRange = 2 ** 24

/**
 * What a step needs beside its batch: where differentiation begins, the state of dropout, the optimizer's coefficients.
 *
 * @param step steps the optimizer has made before
 * @param place where the step stands in its training
 */
export function besideBatch(
  optimizer: Optimizer,
  step: number,
  dropoutSeed: number,
  place: SchedulePlace,
): Values {
  const coefficients = Object.entries(optimizer.coefficients(step, place))
  return {
    [stepInput.one]: Float32Array.of(1),
    [stepInput.randomState]: Float32Array.of(dropoutSeed, step % dropoutRange),
    ...Object.fromEntries(coefficients.map(([name, values]) => [name, Float32Array.from(values)])),
  }
}
