/** A training as a schedule sees it. */
export interface ScheduledTraining {
  /** Steps of the whole training; with a time budget as many as are planned now. */
  readonly steps: number
  readonly stepsPerEpoch: number
}

/** Where a step stands in its training. */
export interface SchedulePlace extends ScheduledTraining {
  /** Steps of this training before it. */
  readonly step: number
  /** The share of the training that lies before it, 0 … 1. It never goes back, also where a time budget is planned anew. */
  readonly progress: number
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
  check?(training: ScheduledTraining): void
}
