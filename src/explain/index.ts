export { classMap, type FocusMethod, focusMethods, type ValueMap } from './class-map.js'
export {
  type ConvolutionOptions,
  type ConvolutionStep,
  type ConvolutionWalk,
  convolution,
  type Product,
} from './convolution.js'
export { deadShare, type LayerActivity, type LayerActivityOptions, layerActivity } from './dead-filters.js'
export { convolutionExample, poolingExample } from './examples.js'
export {
  type FeatureMapOptions,
  type FeatureMaps,
  featureMaps,
  type LayerMaps,
  type ShownMaps,
} from './feature-maps.js'
export { type FirstFilters, firstFilters, type ShownFilter } from './filters.js'
export { type Focus, type FocusOptions, focus, type HalfOfFocus, type Place, placeInWords } from './focus.js'
export { type ModelEdge, type ModelGraph, type ModelNode, modelGraph } from './model-graph.js'
export { type FilterName, filterNamed, filterNames, filters, type NamedFilter } from './named-filters.js'
export { type PaddingComparison, type PaddingOptions, type PaddingResult, padding } from './padding.js'
export { type PicturePixels, picturePixels } from './picture-pixels.js'
export type { ChannelGrid, Grid, GridLike, Numbers } from './planes.js'
export { type Pooled, type PoolingOptions, type PoolingSteps, pooling } from './pooling.js'
export { type LayerCosts, type ShapeChain, type ShapeChainRow, shapeChain } from './shape-chain.js'
export { type ToneOptions, type ToneRule, type Tones, toneRules, toTones } from './tones.js'
