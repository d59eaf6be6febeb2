import { OptionError } from '../base/errors.js'
import type { Dataset, Examples } from '../data/dataset.js'
import { settingsOfRun } from './trained-model.js'
import { trainingParts } from './training/training-parts.js'

/** The pictures that measured the progress of the run whose folder, or a file in it, is at `path`. */
export async function validationPart(path: string, dataset: Dataset): Promise<Examples> {
  const settings = await settingsOfRun(path)
  if (settings === null)
    throw new OptionError(
      `${path} is no run of "fovea train", so nobody knows which pictures were its validation part.`,
      'Name a run folder, or leave --validation out.',
    )
  if (settings.dataset !== dataset.name)
    throw new OptionError(
      `The validation part of ${path} is of ${settings.dataset}, not of ${dataset.name}.`,
      'Leave --dataset or --validation out.',
    )
  const { validation } = trainingParts(dataset, settings)
  if (validation) return validation
  throw new OptionError(`${path} was trained without a validation part.`, 'Leave --validation out.')
}
