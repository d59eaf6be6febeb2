/** Where a step stands in its training. */
export interface SchedulePlace {
  /** Steps of this training before it. */
  readonly step: number
  /** Steps of the whole training. */
  readonly steps: number
  readonly stepsPerEpoch: number
}

/** How the learning rate changes from step to step. It knows nothing but the place of a step, so it needs no state. */
export interface Schedule {
  /** `cosine`, `oneCycle`. */
  readonly name: string
  /** Every option with its value, as plain JSON: what is saved, and what the factory of this name takes. */
  config(): Record<string, unknown>
  /** The learning rate of the step at this place. */
  learningRate(place: SchedulePlace): number
  /** Refuses a training that this schedule does not fit into: one that ends before its last milestone. */
  check?(training: Omit<SchedulePlace, 'step'>): void
}
