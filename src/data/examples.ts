import type { Rows } from '../base/rows.js'
import type { Examples } from './dataset.js'
import { validationStart } from './split.js'

/** Rows `from` (included) to `to` (excluded, default all the rest) with what belongs to them. */
export function sliceExamples<X extends Rows<Uint8Array>>(
  { x, y, files }: Examples<X>,
  from: number,
  to: number = x.rows,
): Examples<X> {
  return { x: x.slice(from, to) as X, y: y.slice(from, to), ...(files && { files: files.slice(from, to) }) }
}

/** What is trained on, and what measures how training goes. */
export interface TrainingParts<X extends Rows<Uint8Array>> {
  readonly train: Examples<X>
  readonly validation: Examples<X> | null
}

/** The last rows measure, as Keras has it: see `validationStart`. A split of 0 leaves none. */
export function splitExamples<X extends Rows<Uint8Array>>(
  examples: Examples<X>,
  validationSplit: number,
): TrainingParts<X> {
  if (validationSplit === 0) return { train: examples, validation: null }
  const at = validationStart(examples.x.rows, validationSplit)
  return { train: sliceExamples(examples, 0, at), validation: sliceExamples(examples, at) }
}
