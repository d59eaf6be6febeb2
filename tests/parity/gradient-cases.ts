import type { Random } from '../../src/base/random.js'
import type { Shape } from '../../src/base/shape.js'
import type { ActivationKind, OpName, PoolKind, Window2D } from '../../src/engine/ops/attributes.js'
import type { Recorder, Value } from '../../src/engine/ops/op.js'
import { type Padding, padFor } from '../../src/engine/ops/window.js'

type Draw = (random: Random, index: number) => number

/** One input of a case. A `moved` input must get a gradient, any other must get none. */
export interface CaseInput {
  readonly shape: Shape
  readonly draw: Draw
  readonly moved: boolean
}

/** A small graph around one op whose gradient is measured. `about` tells the cases of an op apart. */
export interface GradientCase {
  readonly about: string
  readonly inputs: Readonly<Record<string, CaseInput>>
  build(record: Recorder, inputs: Readonly<Record<string, Value>>): Value
}

const normal: Draw = random => random.normal()
const positive: Draw = random => random.uniform(0.2, 2)
const moved = (shape: Shape, draw = normal): CaseInput => ({ shape, draw, moved: true })
const fixed = (shape: Shape, draw = normal): CaseInput => ({ shape, draw, moved: false })

type Pair = readonly [number, number]

/** A window over a picture of `picture` cells. */
function windowOver(picture: Pair, kernel: Pair, strides: Pair, dilation: Pair, padding: Padding): Window2D {
  return { kernel, strides, dilation, pad: padFor(picture, { kernel, strides, dilation }, padding) }
}

const formatWindow = ({ kernel, strides, dilation }: Window2D, padding: Padding): string =>
  `kernel ${kernel.join('×')}, strides ${strides.join('×')}, dilation ${dilation.join('×')}, ${padding}`

function convolution(
  picture: Pair,
  kernel: Pair,
  strides: Pair,
  dilation: Pair,
  padding: Padding,
): GradientCase {
  const window = windowOver(picture, kernel, strides, dilation, padding)
  return {
    about: `${picture.join('×')}, ${formatWindow(window, padding)}`,
    inputs: { x: moved([2, ...picture, 3]), kernel: moved([...kernel, 3, 5]) },
    build: (record, { x, kernel }) => record.apply('conv2d', window, [x!, kernel!]),
  }
}

/** C = 3 channels, each with D kernels. */
function depthwise(
  picture: Pair,
  D: number,
  kernel: Pair,
  strides: Pair,
  dilation: Pair,
  padding: Padding,
): GradientCase {
  const window = windowOver(picture, kernel, strides, dilation, padding)
  return {
    about: `${picture.join('×')}, D ${D}, ${formatWindow(window, padding)}`,
    inputs: { x: moved([2, ...picture, 3]), kernel: moved([...kernel, 3, D]) },
    build: (record, { x, kernel }) => record.apply('depthwiseConv2d', window, [x!, kernel!]),
  }
}

function product(transposeA: boolean, transposeB: boolean): GradientCase {
  return {
    about: `${transposeA ? 'aᵀ' : 'a'}·${transposeB ? 'bᵀ' : 'b'}`,
    inputs: { a: moved(transposeA ? [5, 3] : [3, 5]), b: moved(transposeB ? [7, 5] : [5, 7]) },
    build: (record, { a, b }) => record.apply('matmul', { transposeA, transposeB }, [a!, b!]),
  }
}

function activation(kind: ActivationKind, alpha = 0): GradientCase {
  return {
    about: `${kind}, alpha ${alpha}`,
    inputs: { x: moved([3, 7], random => random.normal(0, 2)) },
    build: (record, { x }) => record.apply('activation', { kind, alpha }, [x!]),
  }
}

function pools(kernel: Pair, strides: Pair, padding: Padding): GradientCase[] {
  const kinds: readonly PoolKind[] = ['max', 'average', 'min']
  const window = windowOver([7, 5], kernel, strides, [1, 1], padding)
  return kinds.map(kind => ({
    about: `${kind}, ${formatWindow(window, padding)}`,
    inputs: { x: moved([2, 7, 5, 3]) },
    build: (record, { x }) => record.apply('pool2d', { ...window, kind }, [x!]),
  }))
}

function concatenated(axis: number, lengths: readonly number[]): GradientCase {
  const inputs = lengths.map((length, i) => [`x${i}`, moved([2, 3, 4].with(axis, length))] as const)
  return {
    about: `${lengths.join(', ')} along axis ${axis}`,
    inputs: Object.fromEntries(inputs),
    build: (record, values) => record.apply('concatenate', { axis }, Object.values(values)),
  }
}

/** The statistics are recorded from x, as training does it: the gradient must go through them. */
const trainedNorm: GradientCase = {
  about: 'training',
  inputs: { x: moved([3, 2, 5, 4]), gamma: moved([4]), beta: moved([4]) },
  build(record, { x, gamma, beta }) {
    const mean = record.apply('channelMean', {}, [x!])
    const variance = record.apply('channelVariance', {}, [x!, mean])
    return record.apply('batchNorm', { epsilon: 1e-3, training: true }, [x!, mean, variance, gamma!, beta!])
  },
}

const frozenNorm: GradientCase = {
  about: 'moving statistics',
  inputs: {
    x: moved([3, 2, 5, 4]),
    mean: fixed([4]),
    variance: fixed([4], positive),
    gamma: moved([4]),
    beta: moved([4]),
  },
  build: (record, inputs) =>
    record.apply('batchNorm', { epsilon: 1e-3, training: false }, Object.values(inputs)),
}

const groupNorm = (x: Shape, groups: number): GradientCase => ({
  about: `${x.join('×')} in ${groups} groups`,
  inputs: { x: moved(x), gamma: moved(x.slice(-1)), beta: moved(x.slice(-1)) },
  build: (record, inputs) => record.apply('groupNorm', { groups, epsilon: 1e-3 }, Object.values(inputs)),
})

const simple = (
  about: string,
  inputs: GradientCase['inputs'],
  build: (record: Recorder, inputs: readonly Value[]) => Value,
): GradientCase => ({ about, inputs, build: (record, values) => build(record, Object.values(values)) })

/** Cases for every op with a gradient; an op missing here does not compile. */
export const gradientCases = {
  conv2d: [
    convolution([5, 6], [3, 3], [1, 1], [1, 1], 'valid'),
    convolution([5, 5], [3, 3], [1, 1], [1, 1], 'same'),
    convolution([7, 6], [3, 3], [2, 2], [1, 1], 'same'),
    convolution([8, 7], [3, 2], [3, 2], [1, 1], 'valid'),
    convolution([7, 9], [3, 3], [1, 1], [2, 2], 'valid'),
    convolution([6, 7], [2, 3], [2, 3], [2, 1], 'same'),
    convolution([4, 3], [1, 1], [2, 2], [1, 1], 'valid'),
    convolution([2, 1], [5, 4], [1, 1], [1, 1], 'same'),
  ],
  conv2dInputGradient: 'not differentiated',
  conv2dKernelGradient: 'not differentiated',
  depthwiseConv2d: [
    depthwise([5, 6], 1, [3, 3], [1, 1], [1, 1], 'valid'),
    depthwise([5, 5], 1, [3, 3], [1, 1], [1, 1], 'same'),
    depthwise([7, 6], 2, [3, 3], [2, 2], [1, 1], 'same'),
    depthwise([8, 7], 3, [3, 2], [3, 2], [1, 1], 'valid'),
    depthwise([7, 9], 2, [3, 3], [1, 1], [2, 2], 'valid'),
    depthwise([6, 7], 1, [2, 3], [2, 3], [2, 1], 'same'),
    depthwise([4, 3], 4, [1, 1], [2, 2], [1, 1], 'valid'),
    depthwise([1, 1], 2, [3, 3], [1, 1], [1, 1], 'same'),
  ],
  depthwiseConv2dInputGradient: 'not differentiated',
  depthwiseConv2dKernelGradient: 'not differentiated',
  matmul: [product(false, false), product(false, true), product(true, false), product(true, true)],
  biasAdd: [
    simple('pictures', { x: moved([2, 3, 3, 5]), bias: moved([5]) }, (r, i) => r.apply('biasAdd', {}, i)),
    simple('rows', { x: moved([7, 3]), bias: moved([3]) }, (r, i) => r.apply('biasAdd', {}, i)),
  ],
  channelSum: 'not differentiated',
  activation: [
    activation('linear'),
    activation('relu'),
    activation('leakyRelu', 0.2),
    activation('elu', 1),
    activation('elu', 0.7),
    activation('gelu'),
    activation('silu'),
    activation('sigmoid'),
    activation('tanh'),
  ],
  activationGradient: 'not differentiated',
  softmax: [
    simple('rows', { x: moved([3, 7]) }, (r, i) => r.apply('softmax', {}, i)),
    simple('pixels', { x: moved([2, 3, 1, 5]) }, (r, i) => r.apply('softmax', {}, i)),
  ],
  softmaxGradient: 'not differentiated',
  pool2d: [
    ...pools([2, 2], [2, 2], 'valid'),
    ...pools([3, 3], [2, 2], 'same'),
    ...pools([3, 2], [1, 3], 'same'),
    ...pools([7, 5], [7, 5], 'valid'),
  ],
  pool2dGradient: 'not differentiated',
  reshape: [simple('flatten', { x: moved([2, 3, 5]) }, (r, i) => r.apply('reshape', { shape: [2, 15] }, i))],
  add: [
    simple('two', { a: moved([3, 5]), b: moved([3, 5]) }, (r, i) => r.apply('add', {}, i)),
    simple('one with itself', { a: moved([3]) }, (r, [a]) => r.apply('add', {}, [a!, a!])),
  ],
  multiply: [
    simple('two', { a: moved([3, 5]), b: moved([3, 5]) }, (r, i) => r.apply('multiply', {}, i)),
    simple('one with itself', { a: moved([3]) }, (r, [a]) => r.apply('multiply', {}, [a!, a!])),
  ],
  scale: [simple('-1.7', { x: moved([3, 5]) }, (r, i) => r.apply('scale', { factor: -1.7 }, i))],
  concatenate: [
    concatenated(2, [1, 3, 2]),
    concatenated(1, [5, 1]),
    concatenated(0, [1, 2]),
    concatenated(1, [4]),
  ],
  slice: [
    simple('of three axes', { x: moved([3, 5, 4]) }, (r, i) =>
      r.apply('slice', { begin: [1, 0, 2], size: [2, 5, 1] }, i),
    ),
  ],
  pad: [
    simple('of pictures', { x: moved([2, 3, 4, 2]) }, (r, i) =>
      r.apply('pad', { before: [0, 1, 2, 0], after: [0, 3, 0, 1] }, i),
    ),
  ],
  dropout: [
    simple('rate 0.3', { x: moved([5, 9]), state: fixed([2], (_, i) => [17, 3][i]!) }, (r, i) =>
      r.apply('dropout', { rate: 0.3, salt: 4 }, i),
    ),
  ],
  spatialDropout: [
    simple('rate 0.3', { x: moved([3, 2, 3, 5]), state: fixed([2], (_, i) => [17, 3][i]!) }, (r, i) =>
      r.apply('spatialDropout', { rate: 0.3, salt: 4 }, i),
    ),
  ],
  gaussianNoise: [false, true].map(multiplicative =>
    simple(
      multiplicative ? 'multiplied' : 'added',
      { x: moved([5, 9]), state: fixed([2], (_, i) => [17, 3][i]!) },
      (r, i) => r.apply('gaussianNoise', { stddev: 0.3, salt: 4, multiplicative }, i),
    ),
  ),
  channelMean: 'not differentiated',
  channelVariance: 'not differentiated',
  batchNorm: [trainedNorm, frozenNorm],
  batchNormGammaGradient: 'not differentiated',
  batchNormInputGradient: 'not differentiated',
  groupNorm: [
    groupNorm([3, 2, 5, 6], 3),
    groupNorm([3, 2, 2, 6], 6),
    groupNorm([2, 3, 1, 5], 1),
    groupNorm([4, 6], 2),
    groupNorm([3, 7], 1),
  ],
  groupNormGammaGradient: 'not differentiated',
  groupNormInputGradient: 'not differentiated',
  softmaxCrossEntropy: [
    simple('any targets', { logits: moved([5, 3]), target: fixed([5, 3], positive) }, (r, i) =>
      r.apply('softmaxCrossEntropy', {}, i),
    ),
  ],
  softmaxCrossEntropyGradient: 'not differentiated',
  crossEntropy: [
    simple('any targets', { p: moved([5, 3], positive), target: fixed([5, 3], positive) }, (r, i) =>
      r.apply('crossEntropy', {}, i),
    ),
  ],
  crossEntropyGradient: 'not differentiated',
  smoothTarget: [
    simple('0.1', { target: moved([5, 3]) }, (r, i) => r.apply('smoothTarget', { smoothing: 0.1 }, i)),
  ],
  squaredError: [
    simple('rows', { y: moved([5, 3]), target: fixed([5, 3]) }, (r, i) => r.apply('squaredError', {}, i)),
    simple('pictures', { y: moved([3, 2, 3, 1]), target: fixed([3, 2, 3, 1]) }, (r, i) =>
      r.apply('squaredError', {}, i),
    ),
  ],
  squaredErrorGradient: 'not differentiated',
  mean: [simple('of all', { x: moved([3, 5]) }, (r, i) => r.apply('mean', {}, i))],
  spread: 'not differentiated',
  l2Penalty: [simple('0.01', { w: moved([3, 3, 2]) }, (r, i) => r.apply('l2Penalty', { factor: 0.01 }, i))],
  l2PenaltyGradient: 'not differentiated',
  l1Penalty: [simple('0.01', { w: moved([3, 3, 2]) }, (r, i) => r.apply('l1Penalty', { factor: 0.01 }, i))],
  l1PenaltyGradient: 'not differentiated',
  topK: 'not differentiated',
  combine: 'not differentiated',
  adamStep: 'not differentiated',
  rmsStep: 'not differentiated',
  lionStep: 'not differentiated',
  scaleBy: 'not differentiated',
  clip: 'not differentiated',
  normFactor: 'not differentiated',
  movePictures: 'not differentiated',
  warpPictures: 'not differentiated',
  coverBoxes: 'not differentiated',
  pasteBoxes: 'not differentiated',
  mixRows: 'not differentiated',
  recolourPictures: 'not differentiated',
  changeLevels: 'not differentiated',
  sharpenPictures: 'not differentiated',
} satisfies { [N in OpName]: readonly GradientCase[] | 'not differentiated' }
