import type { BeginEvent, EndEvent, EpochEvent, StepEvent } from './events.js'
import type { Optimizer } from './optimizers/optimizer.js'

/** What a callback can do to the training it watches. */
export interface CallbackContext {
  /** Ends training after the step or epoch under way; `fit` returns the history so far. */
  stop(): void
  /** Its `learningRate` may be changed. */
  readonly optimizer: Optimizer
}

/** Called at the joints of training, in the order of the list; training waits for what they return. */
export interface Callback {
  onTrainBegin?(event: BeginEvent, context: CallbackContext): void | Promise<void>
  /** `epoch` from 0. Also called when training resumes in the middle of it. */
  onEpochBegin?(epoch: number, context: CallbackContext): void | Promise<void>
  onBatchEnd?(event: StepEvent, context: CallbackContext): void | Promise<void>
  onEpochEnd?(event: EpochEvent, context: CallbackContext): void | Promise<void>
  onTrainEnd?(event: EndEvent, context: CallbackContext): void | Promise<void>
}
