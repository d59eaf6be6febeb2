import { activation, activationGradient } from './activation.js'
import { add, multiply, scale } from './arithmetic.js'
import type { OpName } from './attributes.js'
import {
  batchNorm,
  batchNormGammaGradient,
  batchNormInputGradient,
  channelMean,
  channelVariance,
} from './batch-norm.js'
import { biasAdd, channelSum } from './bias.js'
import { changeLevels } from './change-levels.js'
import { concatenate } from './concatenate.js'
import { conv2d, conv2dInputGradient, conv2dKernelGradient } from './conv2d.js'
import {
  crossEntropy,
  crossEntropyGradient,
  softmaxCrossEntropy,
  softmaxCrossEntropyGradient,
} from './cross-entropy.js'
import {
  depthwiseConv2d,
  depthwiseConv2dInputGradient,
  depthwiseConv2dKernelGradient,
} from './depthwise-conv2d.js'
import { dropout } from './dropout.js'
import { gaussianNoise } from './gaussian-noise.js'
import { groupNorm, groupNormGammaGradient, groupNormInputGradient } from './group-norm.js'
import { l1Penalty, l1PenaltyGradient } from './l1-penalty.js'
import { l2Penalty, l2PenaltyGradient } from './l2-penalty.js'
import { matmul } from './matmul.js'
import { mean, spread } from './mean.js'
import { coverBoxes, mixRows, pasteBoxes } from './mix-pictures.js'
import { movePictures } from './move-pictures.js'
import { clip, normFactor, scaleBy } from './norms.js'
import type { Op } from './op.js'
import { adamStep, combine, lionStep, rmsStep } from './optimizer-steps.js'
import { pad } from './pad.js'
import { pool2d, pool2dGradient } from './pool2d.js'
import { recolourPictures } from './recolour-pictures.js'
import { reshape } from './reshape.js'
import { sharpenPictures } from './sharpen-pictures.js'
import { slice } from './slice.js'
import { smoothTarget } from './smooth-target.js'
import { softmax, softmaxGradient } from './softmax.js'
import { spatialDropout } from './spatial-dropout.js'
import { squaredError, squaredErrorGradient } from './squared-error.js'
import { topK } from './top-k.js'
import { warpPictures } from './warp-pictures.js'

/** WHAT every op is. An op of `OpAttributes` that is missing here does not compile. */
export const ops: { readonly [N in OpName]: Op<N> } = {
  conv2d,
  conv2dInputGradient,
  conv2dKernelGradient,
  depthwiseConv2d,
  depthwiseConv2dInputGradient,
  depthwiseConv2dKernelGradient,
  matmul,
  biasAdd,
  channelSum,
  activation,
  activationGradient,
  softmax,
  softmaxGradient,
  pool2d,
  pool2dGradient,
  reshape,
  add,
  multiply,
  scale,
  concatenate,
  slice,
  pad,
  dropout,
  spatialDropout,
  gaussianNoise,
  channelMean,
  channelVariance,
  batchNorm,
  batchNormGammaGradient,
  batchNormInputGradient,
  groupNorm,
  groupNormGammaGradient,
  groupNormInputGradient,
  softmaxCrossEntropy,
  softmaxCrossEntropyGradient,
  crossEntropy,
  crossEntropyGradient,
  smoothTarget,
  squaredError,
  squaredErrorGradient,
  mean,
  spread,
  l2Penalty,
  l2PenaltyGradient,
  l1Penalty,
  l1PenaltyGradient,
  topK,
  combine,
  adamStep,
  rmsStep,
  lionStep,
  scaleBy,
  clip,
  normFactor,
  movePictures,
  warpPictures,
  coverBoxes,
  pasteBoxes,
  mixRows,
  recolourPictures,
  changeLevels,
  sharpenPictures,
}
