import type { Dataset } from '../../data/dataset.js'

/** The data set with the first of its training pictures only; all of them for null, or where there are fewer. */
export function firstPictures(dataset: Dataset, pictures: number | null): Dataset {
  const { x, y } = dataset.train
  if (pictures === null || pictures >= x.rows) return dataset
  return { ...dataset, train: { x: x.slice(0, pictures), y: y.slice(0, pictures) } }
}
