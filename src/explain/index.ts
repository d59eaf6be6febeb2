export {
  type ConvolutionOptions,
  type ConvolutionStep,
  type ConvolutionWalk,
  convolution,
  type Product,
} from './convolution.js'
export { convolutionExample, poolingExample } from './examples.js'
export { type FilterName, filterNamed, filterNames, filters, type NamedFilter } from './filters.js'
export {
  type Answers,
  type ClassResult,
  type ConfusedPair,
  type Mistakes,
  mistakes,
  type RowResult,
} from './mistakes.js'
export { type ModelEdge, type ModelGraph, type ModelNode, modelGraph } from './model-graph.js'
export { type PaddingComparison, type PaddingOptions, type PaddingResult, padding } from './padding.js'
export type { ChannelGrid, Grid, GridLike, Numbers } from './planes.js'
export { type Pooled, type PoolingOptions, type PoolingSteps, pooling } from './pooling.js'
export { type LayerCosts, type ShapeChain, type ShapeChainRow, shapeChain } from './shape-chain.js'
export { type Share, shareOf, standardError } from './shares.js'
export { type ToneOptions, type ToneRule, type Tones, toneRules, toTones } from './tones.js'
