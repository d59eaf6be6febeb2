import type { Answer } from '../../classify/prediction.js'
import type { ErrorNote } from '../errors.js'
import type { FocusAnswer } from '../focus/focus-answer.js'

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

export interface PredictAnswer {
  readonly model: string
  /** In the order of the files. */
  readonly predictions: readonly PictureEntry[]
}

export const isRefusal = (entry: PictureEntry): entry is PictureRefusal => 'error' in entry
