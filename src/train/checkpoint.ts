import type { Tensor } from '../base/tensor.js'
import type { AugmentStep } from './augmentation/step.js'

/** Weights or optimizer state by name. */
export type Tensors = ReadonlyMap<string, Tensor<Float32Array>>

/** Sums over the rows of the epoch so far, in float64. */
export interface EpochSums {
  readonly rows: number
  /** Σ of each log over these rows: `loss`, `accuracy`, … */
  readonly sums: Readonly<Record<string, number>>
}

export interface BestEpoch {
  /** From 0. */
  readonly epoch: number
  /** What was compared: `val_loss`, or `loss` without a validation part. */
  readonly monitor: string
  readonly value: number
}

/** How far a training with a time budget is. */
export interface BudgetState {
  /** Seconds of it that have passed. */
  readonly used: number
  /** Steps of this training that are done. */
  readonly steps: number
  /** The share of the training that is done, 0 … 1: what the schedule goes by. */
  readonly progress: number
  /** Steps to its end as they were planned; null before the pace was known. */
  readonly stepsLeft: number | null
  /** Seconds that the end of an epoch takes. */
  readonly endSeconds: number
}

/** Where training stands, as plain JSON. With the weights it is all that is needed to go on. */
export interface TrainingState {
  /** Shuffling and dropout follow from it. */
  readonly seed: number
  readonly batchSize: number
  readonly trainRows: number
  /** What was made of the pictures; empty: nothing. Checkpoints of earlier versions do not say. */
  readonly augment?: readonly AugmentStep[]
  /** What the loss of each class counts, where classes have weights. */
  readonly classWeight?: readonly number[]
  /** The epoch under way, from 0: as many are done. */
  readonly epoch: number
  /** Steps of it that are done. */
  readonly step: number
  /** Steps since `compile`, over every `fit`: what Adam's correction and dropout count by. */
  readonly totalSteps: number
  /** Epochs begun since `compile`, over every `fit`: what shuffling counts by. */
  readonly totalEpochs: number
  readonly learningRate: number
  readonly sums: EpochSums
  readonly history: {
    readonly epoch: readonly number[]
    readonly history: Readonly<Record<string, readonly number[]>>
  }
  readonly best: BestEpoch | null
  /** Where training has a time budget. */
  readonly budget?: BudgetState
  /** What callbacks want to be kept, by their names. */
  readonly callbacks?: Readonly<Record<string, unknown>>
}

/** A place training can go on from, to the same bits, also in the middle of an epoch. */
export interface Checkpoint {
  /** Those that training goes on with; where the optimizer averages them, the averages are among its slots. */
  readonly weights: Tensors
  /** The optimizer's slots: `sgd/velocity/conv2d/kernel`. */
  readonly optimizer: Tensors
  readonly state: TrainingState
  /** Weights of the best epoch so far, averages where there are some; without them a resumed run keeps only what is better from here on. */
  readonly bestWeights?: Tensors
}

export interface CheckpointPolicy {
  /** Also save in the middle of an epoch, this often. Default: at the end of every epoch only. */
  readonly everySeconds?: number
  /** Awaited: training goes on when it is done, and fails when it fails. `best`: these are the best weights so far. */
  save(checkpoint: Checkpoint, why: { readonly best: boolean }): Promise<void>
}
