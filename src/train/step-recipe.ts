import type { StepGraph } from './step.js'

/** A step beside the usual kinds: how it is recorded, and the key under which its program is kept. */
export interface StepRecipe {
  /** Steps of one key compute the same. */
  readonly key: string
  /** For messages: `a training step`. */
  readonly what: string
  readonly record: (rows: number) => StepGraph
}
