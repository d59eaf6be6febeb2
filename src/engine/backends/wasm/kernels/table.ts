import type { OpName } from '../../../ops/attributes.js'
import { batchNormGammaGradient, channelMean, channelSum, channelVariance } from './channel-sums.js'
import { batchNorm, batchNormInputGradient, biasAdd } from './channelwise.js'
import { conv2d } from './conv2d.js'
import { conv2dInputGradient } from './conv2d-input-gradient.js'
import { conv2dKernelGradient } from './conv2d-kernel-gradient.js'
import { concatenate, pad, slice } from './copy.js'
import { depthwiseConv2d } from './depthwise-conv2d.js'
import { depthwiseConv2dInputGradient } from './depthwise-input-gradient.js'
import { depthwiseConv2dKernelGradient } from './depthwise-kernel-gradient.js'
import { dropout } from './dropout.js'
import * as elementwise from './elementwise.js'
import { gaussianNoise } from './gaussian-noise.js'
import { groupNorm, groupNormGammaGradient, groupNormInputGradient } from './group-norm/group-norm.js'
import type { KernelFor } from './kernel.js'
import { matmul } from './matmul.js'
import * as optimizer from './optimizer-steps.js'
import { changeLevels } from './pictures/change-levels.js'
import { coverBoxes, mixRows, pasteBoxes } from './pictures/mix-pictures.js'
import { movePictures } from './pictures/move-pictures.js'
import { recolourPictures } from './pictures/recolour-pictures.js'
import { sharpenPictures } from './pictures/sharpen-pictures.js'
import { warpPictures } from './pictures/warp-pictures.js'
import { pool2d, pool2dGradient } from './pool2d.js'
import * as rows from './rows.js'
import { spatialDropout } from './spatial-dropout.js'
import { l1Penalty, l2Penalty, mean, normFactor } from './total.js'

/** Ops that compute nothing: their output is their input's memory, read with another shape. */
export type AliasName = 'reshape'

/** The WebAssembly kernel of every op. */
export const kernels = {
  conv2d,
  conv2dInputGradient,
  conv2dKernelGradient,
  depthwiseConv2d,
  depthwiseConv2dInputGradient,
  depthwiseConv2dKernelGradient,
  matmul,
  biasAdd,
  channelSum,
  activation: elementwise.activation,
  activationGradient: elementwise.activationGradient,
  softmax: rows.softmax,
  softmaxGradient: rows.softmaxGradient,
  pool2d,
  pool2dGradient,
  add: elementwise.add,
  multiply: elementwise.multiply,
  scale: elementwise.scale,
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
  softmaxCrossEntropy: rows.softmaxCrossEntropy,
  softmaxCrossEntropyGradient: rows.softmaxCrossEntropyGradient,
  crossEntropy: rows.crossEntropy,
  crossEntropyGradient: rows.crossEntropyGradient,
  smoothTarget: elementwise.smoothTarget,
  squaredError: rows.squaredError,
  squaredErrorGradient: rows.squaredErrorGradient,
  mean,
  spread: elementwise.spread,
  l2Penalty,
  l2PenaltyGradient: elementwise.l2PenaltyGradient,
  l1Penalty,
  l1PenaltyGradient: elementwise.l1PenaltyGradient,
  topK: rows.topK,
  combine: optimizer.combine,
  adamStep: optimizer.adamStep,
  rmsStep: optimizer.rmsStep,
  lionStep: optimizer.lionStep,
  scaleBy: optimizer.scaleBy,
  clip: optimizer.clip,
  normFactor,
  movePictures,
  warpPictures,
  coverBoxes,
  pasteBoxes,
  mixRows,
  recolourPictures,
  changeLevels,
  sharpenPictures,
} satisfies { [N in Exclude<OpName, AliasName>]: KernelFor<N> }
