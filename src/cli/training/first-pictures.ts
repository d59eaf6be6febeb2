import type { Dataset } from '../../data/dataset.js'
import { sliceExamples } from '../../data/examples.js'

/** The data set with the first of its training pictures only; all of them for null, or where there are fewer. */
export function firstPictures(dataset: Dataset, pictures: number | null): Dataset {
  const { train } = dataset
  if (pictures === null || pictures >= train.x.rows) return dataset
  return { ...dataset, train: sliceExamples(train, 0, pictures) }
}
