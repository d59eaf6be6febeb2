import type { PictureFit } from '../../base/picture-fit.js'
import type { OptimizerFlags } from './optimizer-settings.js'

/** The options of `fovea train` as they were given. */
export interface TrainOptions extends OptimizerFlags {
  readonly recipe?: string
  readonly model?: string
  readonly data?: string
  /** Training pictures that are taken, from the first on. */
  readonly pictures?: number
  /** Height and width that pictures of a folder get. */
  readonly size?: number
  readonly fit?: PictureFit
  readonly colour?: 'grey' | 'colour'
  readonly testSplit?: number
  readonly classWeight?: 'balanced'
  readonly run?: string
  readonly epochs?: number
  readonly batchSize?: number
  /** As `parseAugmentation` reads it; a plus sign in front adds to the recipe's. */
  readonly augment?: string
  readonly labelSmoothing?: number
  readonly remedies?: readonly string[]
  /** Epochs without improvement. */
  readonly earlyStopping?: number
  /** Seconds. */
  readonly budget?: number
  readonly validationSplit?: number
  /** How many training pictures; true: as many as the validation part has. */
  readonly trainEval?: number | true
  readonly seed?: number
  readonly threads?: number
  readonly deterministic?: boolean
  readonly checkpointEvery?: number
  readonly resume?: string
  /** Writes TensorBoard's event files. */
  readonly tensorboard?: boolean
  readonly json?: boolean
  /** Default true. */
  readonly report?: boolean
}
