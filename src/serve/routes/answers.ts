import type { Classifier } from '../../classify/classifier.js'
import type { Answer } from '../../classify/prediction.js'
import type { TestFacts, TrainingFacts } from '../../classify/training-facts.js'
import type { ErrorNote } from '../errors.js'
import type { FocusAnswer } from '../focus/focus-answer.js'

// What routes answer, and the page reads.

/** `GET /v1/model`: what is asked here. */
export interface ModelAnswer {
  readonly name: string
  readonly classNames: readonly string[]
  /** What pictures are brought to. */
  readonly inputShape: Classifier<never>['inputShape']
  readonly fit: Classifier<never>['fit']
  /** Numbers in all weights. */
  readonly parameters: number
  /** Null: probabilities are as the network gives them. */
  readonly calibration: Classifier<never>['file']['calibration'] | null
  /** Null: the file does not say. */
  readonly training: TrainingAnswer | null
  /** Whether it can say where it looks. */
  readonly focus: boolean
}

/** On what and how long it was trained, and how well it went. */
export interface TrainingAnswer extends Pick<TrainingFacts, 'dataset' | 'epochs' | 'pictures' | 'last'> {
  /** Null: these weights were not measured on test pictures. */
  readonly test: Pick<TestFacts, 'accuracy' | 'pictures' | 'standardError'> | null
}

/** What is said of one picture. */
export interface PictureAnswer {
  readonly name: string
  /** The likeliest classes first. */
  readonly answers: readonly Answer[]
  /** Whether the first answer can be relied on; null where the model was not calibrated. */
  readonly sure: boolean | null
  readonly focus?: FocusAnswer
}

/** A picture among others that could not be used. */
export interface PictureRefusal {
  readonly name: string
  readonly error: ErrorNote
}

export type PictureEntry = PictureAnswer | PictureRefusal

/** `POST /v1/predict`: what pictures show. */
export interface PredictAnswer {
  readonly model: string
  /** In the order of the files. */
  readonly predictions: readonly PictureEntry[]
}

/** Whatever is asked, this is how it is refused. */
export interface RefusedAnswer {
  readonly error: ErrorNote
  /** Of several pictures of which none could be used, why of each. */
  readonly predictions?: readonly PictureRefusal[]
}

/** `GET /health` */
export interface HealthAnswer {
  readonly status: 'ok' | 'stopping'
}

export const isRefusal = (entry: PictureEntry): entry is PictureRefusal => 'error' in entry
