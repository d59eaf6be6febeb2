import type { Rows } from '../../base/rows.js'
import type { Dataset } from '../../data/dataset.js'
import { splitExamples, type TrainingParts } from '../../data/examples.js'
import { firstPictures } from './first-pictures.js'
import type { TrainSettings } from './settings.js'

/** What a run trains on, and what measures it: the data set's own validation part, else the last of the training pictures. */
export function trainingParts<X extends Rows<Uint8Array>>(
  dataset: Dataset<X>,
  { pictures, validationSplit }: Pick<TrainSettings, 'pictures' | 'validationSplit'>,
): TrainingParts<X> {
  const { train, validation } = firstPictures(dataset, pictures)
  return validation ? { train, validation } : splitExamples(train, validationSplit)
}
