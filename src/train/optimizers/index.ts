export { type AdamOptions, adam } from './adam.js'
export type { Optimizer } from './optimizer.js'
export { type OptimizerName, optimizerFromName, optimizerNames } from './registry.js'
export { type SgdOptions, sgd } from './sgd.js'
