import type { Dataset } from '../../data/dataset.js'
import { splitExamples, type TrainingParts } from '../../data/examples.js'
import { firstPictures } from './first-pictures.js'
import type { TrainSettings } from './settings.js'

/** What a run trains on, and what measures its progress. */
export function trainingParts(
  dataset: Dataset,
  { pictures, validationSplit }: Pick<TrainSettings, 'pictures' | 'validationSplit'>,
): TrainingParts {
  const { train, validation } = firstPictures(dataset, pictures)
  return validation ? { train, validation } : splitExamples(train, validationSplit)
}
