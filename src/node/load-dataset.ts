import { unknownName } from '../base/nearest.js'
import type { DatasetInMemory } from '../data/dataset.js'
import { readCifar10 } from '../data/sets/cifar10.js'
import { digits } from '../data/sets/digits.js'
import { type MnistName, readMnist } from '../data/sets/mnist.js'
import { shapes } from '../data/sets/shapes.js'
import type { DownloadProgress } from './fetch-part.js'
import { findSource, isCached } from './find-source.js'
import { publications } from './publications.js'

/** The data sets that have a name. */
export type DatasetName = 'cifar10' | MnistName | 'shapes' | 'digits'

export const datasetNames: readonly DatasetName[] = ['cifar10', 'mnist', 'fashion-mnist', 'shapes', 'digits']

export interface LoadOptions {
  /** A folder (or one above it) or a `.tar.gz` with the official files; default: the cache, else a download. */
  readonly data?: string
  /** Of the pictures of `shapes` and `digits`. Default: 0. */
  readonly seed?: number
  readonly onProgress?: (progress: DownloadProgress) => void
  readonly signal?: AbortSignal
}

/**
 * A data set by its name. Files come from `data` if given, else from the user's cache folder, else they are fetched
 * into it once. `shapes` and `digits` are drawn and need no files.
 *
 * @throws OptionError for a name nobody knows, FileError for missing or damaged files or a failed download
 */
export async function loadDataset(name: string, options: LoadOptions = {}): Promise<DatasetInMemory> {
  const load = isKnown(name) ? loaders[name] : undefined
  if (!load) throw unknownName('data set', name, datasetNames)
  return load(options)
}

/** Whether a data set can be loaded without a download. `data` as in {@link LoadOptions}; null: the cache. */
export async function isDatasetAtHand(name: string, data: string | null): Promise<boolean> {
  if (!isKnown(name)) return false
  return data !== null || !(name in publications) || isCached(publications[name as keyof typeof publications])
}

const loaders: Readonly<
  Record<DatasetName, (options: LoadOptions) => DatasetInMemory | Promise<DatasetInMemory>>
> = {
  cifar10: async options => readCifar10(await findSource(publications.cifar10, options)),
  mnist: async options => readMnist(await findSource(publications.mnist, options), 'mnist'),
  'fashion-mnist': async options =>
    readMnist(await findSource(publications['fashion-mnist'], options), 'fashion-mnist'),
  shapes: ({ seed = 0 }) => shapes({ seed }),
  digits: ({ seed = 0 }) => digits({ seed }),
}

const isKnown = (name: string): name is DatasetName => (datasetNames as readonly string[]).includes(name)
