export { type AugmentedToDraw, drawAugmented } from './augmented.js'
export { type ClassShares, type CountedShare, drawClassShares } from './class-shares.js'
export { drawConfusionMatrix } from './confusion-matrix.js'
export {
  drawConvolutionPath,
  drawConvolutionStep,
  drawConvolutionSteps,
  type StepOptions,
  type StepToDraw,
  type WalkToDraw,
} from './convolution.js'
export { drawFeatureMaps, drawLayerMaps, type FeatureMapsOptions } from './feature-maps.js'
export { type DeadFilters, type DeadOptions, drawFilters } from './filters.js'
export { type ClassFocus, drawFocus, type FocusDrawingOptions } from './focus.js'
export { drawHistories } from './histories.js'
export type {
  DrawnCurves,
  DrawnEpoch,
  HistoryDrawingOptions,
  HistoryMarks,
  NamedHistory,
} from './history/input.js'
export { drawHistory } from './history.js'
export { drawLearningRates, type LearningRatesToDraw } from './learning-rates.js'
export type { PlottedLayer, PlottedModel } from './model-plot/box.js'
export type {
  BoxSize,
  GraphLayout,
  GraphPlaces,
  GraphToLayOut,
  Link,
  Point,
  Rankdir,
} from './model-plot/graph.js'
export { drawModel, needsLayout } from './model-plot/model-plot.js'
export type { DrawModelOptions, ModelPlotOptions, ModelPlotStyle } from './model-plot/options.js'
export type { Confusion } from './most-confused.js'
export { drawPadding, type PaddingsToDraw, type PaddingToDraw } from './padding.js'
export { drawPooledPictures, drawPooling, type PoolingToDraw } from './pooling.js'
export type { DrawnBin, DrawnReliability } from './reliability/reliability-panel.js'
export { type DrawnCalibration, drawReliability, type ReliabilityDrawingOptions } from './reliability.js'
export type { ChainLayer, ChainWindow, DrawnChain } from './shape-chain/panels.js'
export { type DrawShapeChainOptions, drawShapeChain } from './shape-chain/shape-chain.js'
export { type CostTable, drawShapeTable } from './shape-table.js'
export { type DrawShiftMapsOptions, drawShiftMaps, type ShiftData } from './shift-map.js'
export { beside, type Composition, Drawing, type DrawingParts, stacked } from './svg/drawing.js'
export type { Theme } from './svg/theme.js'
export {
  type CostlyLayer,
  type CostlyNetwork,
  type DrawWhereItGoesOptions,
  drawWhereItGoes,
} from './where-it-goes.js'
export { type ContactSheetOptions, drawWorstPictures, type JudgedPicture } from './worst-pictures.js'
