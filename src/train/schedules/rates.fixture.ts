import type { Schedule } from './schedule.js'

/** The rates of all steps of a training, and of its end. */
export const ratesOf = (schedule: Schedule, steps: number, stepsPerEpoch = 1): number[] =>
  Array.from({ length: steps + 1 }, (_, step) =>
    schedule.learningRate({ step, steps, stepsPerEpoch, progress: step / steps }),
  )

/** Rounded, for comparing with numbers computed by hand. */
export const rounded = (values: readonly number[], digits = 6): number[] =>
  values.map(value => Number(value.toFixed(digits)))
