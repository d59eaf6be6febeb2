import { OptionError } from '../base/errors.js'
import { Random } from '../base/random.js'
import type { Part } from './batches.js'
import { checkWhole } from './option-checks.js'

/** Before the keys of what is measured on training rows. */
export const trainEvaluationPrefix = 'train_eval_'

/**
 * The training rows that are measured in inference mode: drawn by the seed, so that they are the same after each epoch
 * and in a training that goes on; in the order of the rows. Null where nobody asked.
 *
 * @param wanted see `trainEvaluation` of FitOptions
 */
export function sampleOfTraining(
  wanted: boolean | number,
  train: Part,
  validation: Part | null,
  seed: number,
): Uint32Array | null {
  if (wanted === false) return null
  const rows = wanted === true ? rowsOfValidation(validation) : wanted
  checkWhole('fit', 'trainEvaluation', rows, 1)
  return new Random(seed, 'train-evaluation').permutation(train.x.rows).subarray(0, rows).sort()
}

function rowsOfValidation(validation: Part | null): number {
  if (validation) return validation.x.rows
  throw new OptionError(
    'fit: trainEvaluation: true measures as many training rows as the validation part has, but there is none.',
    'Give a number of rows, for example trainEvaluation: 1000, or set validationSplit.',
  )
}
