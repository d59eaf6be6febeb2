import { statSync } from 'node:fs'
import { resolve } from 'node:path'
import { FileError, OptionError } from '../../base/errors.js'
import { nearest } from '../../base/nearest.js'
import { noticeOnce } from '../../base/notices.js'
import type { FolderSettings } from '../../node/folder-data/folder-settings.js'
import { datasetNames } from '../../node/load-dataset.js'

/** Where pictures come from. */
export interface DataSource {
  /** `cifar10`, or what a folder is called. */
  readonly dataset: string
  /** Where the files are, as an absolute path; null: the cache. Of a folder always there. */
  readonly data: string | null
  /** How the pictures of a folder are read; null: it is a data set with a name. */
  readonly folder: FolderSettings | null
}

/** A data set with a name. */
export const namedSource = (dataset: string, data?: string): DataSource => ({
  dataset,
  data: data === undefined ? null : resolve(data),
  folder: null,
})

/** The data set a person names; where there is a folder of that name, too, they hear which of the two it is. */
export function askedByName(dataset: string, data?: string): DataSource {
  if (data === undefined && statSync(dataset, { throwIfNoEntry: false })?.isDirectory())
    noticeOnce(
      `folder ${dataset}`,
      `"${dataset}" is the data set of that name. For the folder of that name give ./${dataset}`,
    )
  return namedSource(dataset, data)
}

/** Whether a data set is asked for by its name, and not pictures by their place. */
export const isDatasetName = (given: string): boolean => datasetNames.some(name => name === given)

/**
 * Whether there are pictures at a place. A word that is neither a data set nor anything on the disk is refused, with what may have
 * been meant.
 */
export function checkPlace(given: string): void {
  const looksLikePath = /[\\/*?[{]|\.[ct]sv$/i.test(given)
  if (looksLikePath || statSync(given, { throwIfNoEntry: false })) return
  const close = nearest(given, datasetNames)
  throw new FileError(
    `Unknown data set "${given}", and there is no such folder either.`,
    close === undefined
      ? `Data sets: ${datasetNames.join(', ')}. Or give a folder that has a folder of pictures for each class.`
      : `Did you mean "${close}"?`,
  )
}

/** A place whose pictures are found by `data` makes no sense for a folder, which is itself the place. */
export function refuseData(data: string | undefined, place: string): void {
  if (data === undefined) return
  throw new OptionError(
    `--data ${data} says where the files of a data set are, but ${place} is a place of its own.`,
    'Leave one of them out.',
  )
}
