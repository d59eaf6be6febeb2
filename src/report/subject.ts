import type { Examples } from '../data/dataset.js'
import type { DiagnoseOptions } from '../explain/diagnosis/input.js'
import type { Mistakes } from '../explain/mistakes.js'
import type { AugmentConfig } from '../train/augmentation/step.js'
import type { Evaluation } from '../train/evaluate.js'
import type { History } from '../train/history.js'
import type { Model } from '../train/model.js'
import type { GraphLayout } from '../viz/model-plot/graph.js'

/** What training made of its pictures. */
export interface Augmented {
  /** As `fit` was given it. */
  readonly augment: readonly AugmentConfig[]
  /** The pictures that were trained on, from the first on; a few do. */
  readonly train: Examples
  /** Of the training: it fixes what was made of each picture in each epoch. */
  readonly seed: number
}

/** What a report is about. */
export interface ReportSubject {
  /** The page's title: for a run, its name. */
  readonly title: string
  /** Trained, and compiled, so that it can be measured. */
  readonly model: Model
  /** The same network before training; left out where its first weights are not known. */
  readonly before?: Model | undefined
  /** The curves of its training; left out where there are none. */
  readonly history?: History | undefined
  /** Labelled pictures that training has not seen. */
  readonly test: Examples
  readonly classNames: readonly string[]
  /** Left out where pictures were trained on as they are, or are not at hand. */
  readonly augmented?: Augmented | undefined
  /** What is known of its training beside the curves: labels, learning rate, rows. */
  readonly curveFacts?: DiagnoseOptions | undefined
  /** Finds places for the boxes of a network with branches; a chain needs none. */
  readonly layout?: GraphLayout | undefined
  /** What else a reader should know, as name and value: data set, optimizer, seed. */
  readonly facts?: readonly (readonly [name: string, value: string])[]
  /** Sentences a reader should know before the numbers. */
  readonly notes?: readonly string[]
}

/** The subject, measured once for all sections. */
export interface Measured extends ReportSubject {
  readonly evaluation: Evaluation
  readonly found: Mistakes
}
