/** The curves of a training, as `History` holds them. */
export interface DrawnCurves {
  /** Epochs that were finished, from 0; drawn from 1. */
  readonly epoch: readonly number[]
  /** One value an epoch: `loss`, `accuracy`, `val_loss`, `val_accuracy`, `train_eval_loss`, …; null and NaN are gaps. */
  readonly history: Readonly<Record<string, readonly (number | null)[]>>
}

export interface DrawnEpoch {
  /** From 0. */
  readonly epoch: number
  readonly value: number
}

/** What is marked in the curves. `explain.diagnose` gives all of it; each part may be missing. */
export interface HistoryMarks {
  /** Where overfitting starts, from 0; null where it does not. */
  readonly onset?: number | null
  readonly best?: { readonly valLoss: DrawnEpoch | null; readonly valAccuracy: DrawnEpoch | null }
  /** One standard error for each epoch; null where it is not known. */
  readonly standardErrors?: {
    readonly valLoss: readonly (number | null)[]
    readonly valAccuracy: readonly (number | null)[]
  }
  /** The smoothed validation loss, drawn faintly. */
  readonly smoothed?: readonly (number | null)[]
  /** Classes the network tells apart: what guessing costs and gains is drawn. */
  readonly classes?: number | null
  /** The verdict, in words. */
  readonly text?: string
}

export interface HistoryDrawingOptions {
  /** Default `row`. `column` is no wider than a phone. */
  readonly arrange?: 'row' | 'column'
  /** A logarithmic axis for the loss. Default false. */
  readonly log?: boolean
  /** Whether axes begin at 0 (default) or where the data does. */
  readonly range?: 'zero' | 'data'
  /** Whether the verdict is written below. Default true. */
  readonly verdict?: boolean
  /** Of several runs with a validation part: whether their training curves are drawn too. Default true. */
  readonly training?: boolean
}

/** One of several trainings drawn together. */
export interface NamedHistory {
  readonly name: string
  readonly history: DrawnCurves
  readonly marks?: HistoryMarks
}
