import type { DatasetInMemory } from '../data/dataset.js'
import { type LoadOptions, loadDataset } from './load-dataset.js'

export * from '../data/sets/drawn.js'
export type { LoadOptions }

/**
 * CIFAR-10: 50,000 + 10,000 colour photos `[N, 32, 32, 3]` of ten classes. Fetched once from its official address, then
 * kept in the user's cache folder; or from `data`, a folder or `.tar.gz`.
 */
export const cifar10 = (options?: LoadOptions): Promise<DatasetInMemory> => loadDataset('cifar10', options)

/** MNIST: 60,000 + 10,000 handwritten digits `[N, 28, 28, 1]`. From where, see `cifar10`. */
export const mnist = (options?: LoadOptions): Promise<DatasetInMemory> => loadDataset('mnist', options)

/** Fashion-MNIST: 60,000 + 10,000 pieces of clothing `[N, 28, 28, 1]`. From where, see `cifar10`. */
export const fashionMnist = (options?: LoadOptions): Promise<DatasetInMemory> =>
  loadDataset('fashion-mnist', options)
