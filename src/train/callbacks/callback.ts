import type { Scaling } from '../../base/tensor.js'
import type { Network } from '../../nn/network.js'
import type { Tensors } from '../checkpoint.js'
import type { BeginEvent, EndEvent, EpochEvent, StepEvent } from '../events.js'
import type { Optimizer } from '../optimizers/optimizer.js'
import type { BestRule } from './best-rule.js'

/** What a callback can see of the training it watches, and do to it. */
export interface CallbackContext {
  /**
   * Ends training after the step or epoch under way; `fit` returns the history so far.
   *
   * @param why a sentence for people; the end event carries it
   */
  stop(why?: string): void
  /** Its `learningRate` may be changed where no schedule sets it. */
  readonly optimizer: Optimizer
  readonly network: Network
  /** What a stored number of x stands for. */
  readonly preprocessing: Scaling
  /**
   * Copies of all weights by name. Where the optimizer averages them (`useEma`, `lookahead`) `onEpochEnd` and `onTrainEnd`
   * see the averages, which is what was measured and is kept; so does whatever reads the model then. Before and between they
   * are those that training goes on with.
   */
  weights(): Tensors
  /** Gives the model the weights of its best epoch so far; does nothing where none is finished. */
  restoreBest(): void
}

/** What is known of a training before its first step. */
export interface PlannedTraining {
  /** The keys that logs will have: `loss`, `val_loss`, … */
  readonly logs: readonly string[]
}

/**
 * Called at the joints of training, in the order of the list; training waits for what they return. An error ends
 * training: `fit` fails with it, and what was saved before stays.
 */
export interface Callback {
  /** For messages, and for finding its state in a checkpoint: `earlyStopping`. */
  readonly name?: string
  /** It sets the optimizer's learning rate: logs then tell the rate, and an optimizer with a schedule is refused. */
  readonly changesLearningRate?: boolean
  /** Which epoch is the best one. One callback of a training may say so; default: the lowest `val_loss`, else `loss`. */
  readonly best?: BestRule
  /** Refuses what cannot work, before the first step. */
  check?(training: PlannedTraining): void
  /** What must survive an interruption, as plain JSON. Needs a `name`. */
  state?(): unknown
  /** Takes up the state that a checkpoint holds; null: a new training, everything begins afresh. Before `onTrainBegin`. */
  restore?(state: unknown): void
  onTrainBegin?(event: BeginEvent, context: CallbackContext): void | Promise<void>
  /** `epoch` from 0. Also called when training resumes in the middle of it. */
  onEpochBegin?(epoch: number, context: CallbackContext): void | Promise<void>
  onBatchEnd?(event: StepEvent, context: CallbackContext): void | Promise<void>
  onEpochEnd?(event: EpochEvent, context: CallbackContext): void | Promise<void>
  /** Not where training failed. */
  onTrainEnd?(event: EndEvent, context: CallbackContext): void | Promise<void>
}
