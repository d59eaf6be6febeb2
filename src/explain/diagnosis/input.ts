/** What each row of the validation part came to after one epoch. */
export interface EpochRows {
  /** `[N]`, the loss of each row. */
  readonly loss: ArrayLike<number>
  /** `[N]`, the class each row was taken for. */
  readonly predicted: ArrayLike<number>
}

/** The curves of a training, as `History` holds them. */
export interface Curves {
  /** Epochs that were finished, from 0. */
  readonly epoch: readonly number[]
  /** One value an epoch: `loss`, `accuracy`, `val_loss`, `val_accuracy`, `train_eval_loss`, … */
  readonly history: Readonly<Record<string, readonly (number | null)[]>>
  /** For each of `epoch`; undefined where it is not known. */
  readonly validation?: readonly (EpochRows | undefined)[]
  /** The message that training ended with, because a number was no longer finite. */
  readonly diverged?: string | null
}

/** How much of a network's parameters a layer holds. */
export interface LayerShare {
  readonly name: string
  readonly className: string
  /** Of all parameters, 0 … 1. */
  readonly share: number
}

/** Validation rows that stand among the training rows, too. */
export interface SharedRows {
  readonly rows: number
  /** Rows of the validation part. */
  readonly of: number
}

/** What is known beside the curves. All of it may be missing; then less can be told, and that is said. */
export interface DiagnoseOptions {
  /** Classes the network tells apart: what guessing costs, ln(classes), follows from it. */
  readonly classes?: number
  /** What the classes are called; default: their numbers. */
  readonly classNames?: readonly string[]
  readonly trainRows?: number
  /** Default: what the rows of the history say. */
  readonly validationRows?: number
  /** The class of each row, `[N]`, from 0. */
  readonly labels?: { readonly train: ArrayLike<number>; readonly validation: ArrayLike<number> }
  /** The layers from the input on: advice then names the one to begin with. `layerShares` makes them of a network. */
  readonly costs?: readonly LayerShare[]
  /** What `sharedPictures` found. */
  readonly sharedRows?: SharedRows
  readonly learningRate?: number
  /** Default: what the history says. */
  readonly diverged?: string
  /** Epochs without improvement after which early stopping would have ended training. Default 5. */
  readonly patience?: number
}

/** A history read for the verdicts: gaps are NaN, names are those of the rule. */
export interface Facts extends DiagnoseOptions {
  /** Whether a schedule brought the learning rate down: to less than half of the highest in the last epoch. */
  readonly rateCameDown: boolean
  readonly epochs: readonly number[]
  /** Training loss: measured like the validation loss where that was done, else the mean over the epoch. */
  readonly trainLoss: readonly number[]
  readonly trainAccuracy: readonly number[]
  /** Whether training rows were measured like the validation part, without dropout. */
  readonly measuredAlike: boolean
  /** Empty without a validation part. */
  readonly valLoss: readonly number[]
  readonly valAccuracy: readonly number[]
  readonly rows: readonly (EpochRows | undefined)[]
  readonly patience: number
}
