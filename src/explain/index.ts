export { type Share, shareOf, standardError } from '../base/shares.js'
export { type Activities, type ActivitiesOptions, deadByLayer, measureActivities } from './activities.js'
export {
  type AugmentedPicture,
  type AugmentedPictures,
  type AugmentedPicturesOptions,
  type AugmentedRow,
  augmentationCatalogue,
  augmentedPictures,
} from './augmented-pictures.js'
export type { Reliability, ReliabilityBin } from './calibration/reliability.js'
export { scaleProbabilities } from './calibration/scale-probabilities.js'
export { type AnswersToCalibrate, type Calibration, calibrate } from './calibration.js'
export { classMap, type FocusMethod, focusMethods, type ValueMap } from './class-map.js'
export {
  type ConvolutionOptions,
  type ConvolutionStep,
  type ConvolutionWalk,
  convolution,
  type Product,
} from './convolution.js'
export { deadShare, type LayerActivity, type LayerActivityOptions, layerActivity } from './dead-filters.js'
export { type Diagnosis, diagnose } from './diagnose.js'
export type { BestEpochs, EarlyStopping, MarkedEpoch } from './diagnosis/best-epochs.js'
export type { Curves, DiagnoseOptions, EpochRows, LayerShare, SharedRows } from './diagnosis/input.js'
export { verdictText } from './diagnosis/judge.js'
export type { Strength } from './diagnosis/onset.js'
export type { StandardErrors } from './diagnosis/standard-errors.js'
export type { Verdict, VerdictName } from './diagnosis/verdict.js'
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
export { type JudgedPicture, judgedPictures } from './judged-pictures.js'
export { type SharedPicture, type SharedPictures, sharedPictures } from './leakage.js'
export {
  type Answers,
  type ClassResult,
  type ConfusedPair,
  type Mistakes,
  mistakes,
  type RowResult,
} from './mistakes.js'
export { type ModelEdge, type ModelGraph, type ModelNode, modelGraph } from './model-graph.js'
export { type FilterName, filterNamed, filterNames, filters, type NamedFilter } from './named-filters.js'
export { type PaddingComparison, type PaddingOptions, type PaddingResult, padding } from './padding.js'
export { type PicturePixels, picturePixels } from './picture-pixels.js'
export type { ChannelGrid, Grid, GridLike, Numbers } from './planes.js'
export { type Pooled, type PoolingOptions, type PoolingSteps, pooling } from './pooling.js'
export {
  type LayerCosts,
  layerShares,
  type ShapeChain,
  type ShapeChainRow,
  shapeChain,
} from './shape-chain.js'
export type { Background } from './shift/move-picture.js'
export {
  type MovedNetwork,
  moveBefore,
  type ShiftAnswer,
  type ShiftExample,
  type ShiftPixels,
  shiftExample,
} from './shift/moved-network.js'
export type { Room } from './shift/room.js'
export { type ShiftMap, type ShiftOptions, shiftMap } from './shift/shift-map.js'
export type { ShiftCell, ShiftMean } from './shift/shift-summary.js'
export { type ToneOptions, type ToneRule, type Tones, toneRules, toTones } from './tones.js'
export {
  type TranslatedNetwork,
  type Translation,
  type TranslationEvent,
  type TranslationOptions,
  translationExperiment,
} from './translation.js'
