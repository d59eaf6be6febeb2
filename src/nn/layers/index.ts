export { Activation, type ActivationOptions, activation } from './activation/activation.js'
export { Softmax, softmax } from './activation/softmax.js'
export { Conv2D, type Conv2DOptions, conv2d } from './conv/conv2d.js'
export { DepthwiseConv2D, type DepthwiseConv2DOptions, depthwiseConv2d } from './conv/depthwise-conv2d.js'
export { PatchWhitening, type PatchWhiteningOptions, patchWhitening } from './conv/patch-whitening.js'
export { SeparableConv2D, type SeparableConv2DOptions, separableConv2d } from './conv/separable-conv2d.js'
export { Dense, type DenseOptions, dense } from './dense/dense.js'
export { InputLayer, type InputLayerOptions, inputLayer } from './input-layer.js'
export { Add, add } from './merge/add.js'
export { Concatenate, type ConcatenateOptions, concatenate } from './merge/concatenate.js'
export {
  BatchNormalization,
  type BatchNormalizationOptions,
  batchNormalization,
} from './norm/batch-normalization.js'
export {
  GroupNormalization,
  type GroupNormalizationOptions,
  groupNormalization,
} from './norm/group-normalization.js'
export {
  LayerNormalization,
  type LayerNormalizationOptions,
  layerNormalization,
} from './norm/layer-normalization.js'
export { Normalization, normalization } from './norm/normalization.js'
export { AveragePooling2D, averagePooling2d } from './pool/average-pooling2d.js'
export { GlobalAveragePooling2D, globalAveragePooling2d } from './pool/global-average-pooling2d.js'
export { GlobalMaxPooling2D, globalMaxPooling2d } from './pool/global-max-pooling2d.js'
export { MaxPooling2D, maxPooling2d } from './pool/max-pooling2d.js'
export { MinPooling2D, minPooling2d } from './pool/min-pooling2d.js'
export type { Pooling2DOptions } from './pool/pooling2d.js'
export { Dropout, type DropoutOptions, dropout } from './regularization/dropout.js'
export { GaussianDropout, gaussianDropout } from './regularization/gaussian-dropout.js'
export { GaussianNoise, type GaussianNoiseOptions, gaussianNoise } from './regularization/gaussian-noise.js'
export { SpatialDropout2D, spatialDropout2d } from './regularization/spatial-dropout2d.js'
export { Flatten, flatten } from './shape/flatten.js'
export { Reshape, type ReshapeOptions, reshape } from './shape/reshape.js'
export { ZeroPadding2D, type ZeroPadding2DOptions, zeroPadding2d } from './shape/zero-padding2d.js'
