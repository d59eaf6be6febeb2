import type { LossConfig } from '../nn/losses.js'
import type { TrainingState } from '../train/checkpoint.js'
import type { AveragingTestTime } from '../train/test-time/views.js'

/** What a run notes of its training in its model files (`training`), as plain JSON. */
export type TrainingNotes = {
  /** What the data set is called. */
  readonly dataset: string
  readonly loss: LossConfig
  /** Where training stood: in checkpoints and beside the best weights. */
  readonly state?: TrainingState
  /** In the files of a run that came to its end. */
  readonly summary?: TrainingResult
}

/** What the weights of a file reach on the test pictures. */
export interface TestResult {
  /** The mean over the pictures. */
  readonly testLoss: number
  /** The share of the pictures that were recognised, 0 … 1. */
  readonly testAccuracy: number
}

export interface TrainingResult extends TestResult {
  /** Names, as `--recipe` and `--model` take them. */
  readonly recipe: string
  readonly model: string
  readonly testPictures: number
  /** The same with answers averaged over several views of each picture. */
  readonly averaged?: TestResult & { readonly testTime: AveragingTestTime }
}
