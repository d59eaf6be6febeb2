import type { Examples } from './dataset.js'
import { validationStart } from './split.js'

/** Rows `from` (included) to `to` (excluded, default all the rest). */
export const sliceExamples = ({ x, y, files }: Examples, from: number, to: number = x.rows): Examples => ({
  x: x.slice(from, to),
  y: y.slice(from, to),
  ...(files && { files: files.slice(from, to) }),
})

/** What is trained on, and what measures how training goes. */
export interface TrainingParts {
  readonly train: Examples
  readonly validation: Examples | null
}

/** The last rows measure, as Keras has it: see `validationStart`. A split of 0 leaves none. */
export function splitExamples(examples: Examples, validationSplit: number): TrainingParts {
  if (validationSplit === 0) return { train: examples, validation: null }
  const at = validationStart(examples.x.rows, validationSplit)
  return { train: sliceExamples(examples, 0, at), validation: sliceExamples(examples, at) }
}
