import type { BestRule } from './callbacks/best-rule.js'
import type { AveragingTestTime } from './test-time/views.js'
import type { ValidationRows } from './validation-rows.js'

/**
 * What leaves training: the same values go to the terminal, to `history.jsonl`, to callbacks and to other machines.
 * Losses are means over pictures, accuracies are shares of pictures, times are seconds.
 */
export type TrainEvent = BeginEvent | PlanEvent | StepEvent | EpochEvent | CheckpointEvent | EndEvent

export interface BeginEvent {
  readonly type: 'begin'
  /** Null where only a time budget says how many there will be. */
  readonly epochs: number | null
  /** Seconds that training may take, where it was given a budget. */
  readonly budget?: number
  /** Epochs already done when training resumes. */
  readonly initialEpoch: number
  readonly stepsPerEpoch: number
  readonly batchSize: number
  readonly trainRows: number
  readonly validationRows: number
  readonly threads: number
  readonly device: string
  /** Bytes of memory the compiled steps and the weights take. */
  readonly bytes: number
  readonly seed: number
  /** How epochs are compared, where a callback says so. Default: the lowest `val_loss`, else `loss`. */
  readonly best?: BestRule
}

/** What a time budget leaves room for, told once, when a tenth of its time has passed. The plan goes on to follow the pace. */
export interface PlanEvent {
  readonly type: 'plan'
  /** Of the whole training, those before it was resumed included. */
  readonly steps: number
  /** The same in epochs; the last may be cut short. */
  readonly epochs: number
  readonly stepSeconds: number
  /** Seconds between two epochs: measuring, callbacks, checkpoint. */
  readonly endSeconds: number
}

export interface StepEvent {
  readonly type: 'step'
  /** From 0. */
  readonly epoch: number
  /** Steps of this epoch that are done, from 1. */
  readonly step: number
  /** All steps of this epoch; where a time budget cuts it short those that are planned. */
  readonly steps: number
  /** Means over the epoch so far, weighted by rows: `loss`, `accuracy`, … */
  readonly logs: Readonly<Record<string, number>>
  readonly imagesPerSecond: number
  /** Seconds until the epoch ends, validation aside. */
  readonly secondsLeft: number
}

export interface EpochEvent {
  readonly type: 'epoch'
  readonly epoch: number
  /**
   * `loss`, `accuracy`, …, with a validation part `val_loss`, `val_accuracy`, …, and with `trainEvaluation`
   * `train_eval_loss`, `train_eval_accuracy`, …; `learning_rate` (of the last step) where something changes it.
   */
  readonly logs: Readonly<Record<string, number>>
  readonly seconds: number
  readonly imagesPerSecond: number
  /** This epoch's weights are the best so far. */
  readonly best: boolean
  /** Row by row, where a classifier has a validation part. JSON leaves it out. */
  readonly validation?: ValidationRows
}

export interface CheckpointEvent {
  readonly type: 'checkpoint'
  readonly epoch: number
  readonly step: number
}

export interface EndEvent {
  readonly type: 'end'
  /** `done`; `stopped` by an AbortSignal or a callback; `diverged`: a number was no longer finite. */
  readonly reason: 'done' | 'stopped' | 'diverged'
  /** Of the DivergedError, or what the callback said that stopped training. */
  readonly message?: string
  readonly epochs: number
  readonly seconds: number
  /** Epoch with the best weights, from 0; null when none was finished. */
  readonly bestEpoch: number | null
  readonly logs: Readonly<Record<string, number>>
  /** On the test set, where one was given (the command line adds these). */
  readonly testLoss?: number
  readonly testAccuracy?: number
  /** The same with predictions averaged over several views of each picture. */
  readonly averaged?: {
    readonly testTime: AveragingTestTime
    readonly testLoss: number
    readonly testAccuracy: number
  }
  /** What was found on the validation part when training had ended. The command line adds it. */
  readonly calibration?: {
    readonly temperature: number
    readonly threshold: number
    readonly answered: number
    readonly expectedCalibrationError: { readonly before: number; readonly after: number }
  }
}
