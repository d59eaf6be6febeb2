import { l1, l1l2, l2 } from './nn/regularizers.js'

export { DivergedError, FileError, FoveaError, MemoryError, OptionError, ShapeError } from './base/errors.js'
export { formatShape, type Shape } from './base/shape.js'
export { type DType, type Scaling, Tensor } from './base/tensor.js'
export type { Dataset, Examples } from './data/dataset.js'
export * as explain from './explain/index.js'
export { input } from './nn/functional.js'
export { type InitializerName, type InitializerOption, initializerNames } from './nn/initializers.js'
export type { Layer, SymbolicTensor } from './nn/layer.js'
export * as layers from './nn/layers/index.js'
export * as losses from './nn/losses.js'
export { type Loss, type LossName, lossNames } from './nn/losses.js'
export * as metrics from './nn/metrics.js'
export { modelFromName, type NamedChain, type NamedModel, namedModels } from './nn/models.js'
export type { Network } from './nn/network.js'
export type { SummaryOptions, SummaryStyle } from './nn/summary/summary.js'
export * as report from './report/index.js'
export * from './train/index.js'
export * as viz from './viz/index.js'

/** Penalties on weights: `kernelRegularizer: regularizers.l2(0.001)`. */
export const regularizers = { l1, l2, l1l2 }
