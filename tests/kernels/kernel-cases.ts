import type { Random } from '../../src/base/random.js'
import { type Shape, sizeOf } from '../../src/base/shape.js'
import type {
  ActivationKind,
  OpAttributes,
  OpName,
  PoolKind,
  Window2D,
} from '../../src/engine/ops/attributes.js'
import { type Padding, padFor, windowOutput } from '../../src/engine/ops/window.js'

type Draw = (random: Random, index: number) => number

/**
 * One op on shapes chosen to be awkward: odd sizes, more pieces than one, tails of every width.
 * `bound`: `exact`; `sum`, a sum of `terms` products whose rounding bound can be computed; `chain`, anything else,
 * around a sum of `terms`.
 */
export interface KernelCase<N extends OpName = OpName> {
  readonly attributes: OpAttributes[N]
  readonly inputs: readonly Shape[]
  readonly draws: readonly Draw[]
  readonly bound: 'exact' | 'sum' | 'chain'
  readonly terms: number
}

const normal: Draw = random => random.normal()
const positive: Draw = random => random.uniform(0.2, 2)
const withZeros: Draw = (random, index) => (index % 3 === 0 ? 0 : random.normal())
const wide: Draw = random => random.normal(0, 4)

/** A case whose inputs are all drawn from the normal distribution, unless `draws` says otherwise. */
function on<N extends OpName>(
  attributes: OpAttributes[N],
  inputs: readonly Shape[],
  bound: KernelCase['bound'],
  terms = 1,
  draws: readonly Draw[] = [],
): KernelCase<N> {
  return { attributes, inputs, bound, terms, draws: inputs.map((_, i) => draws[i] ?? normal) }
}

type Pair = readonly [number, number]
interface Convolution {
  readonly x: readonly [number, number, number, number]
  readonly filters: number
  readonly window: Window2D
  readonly output: Shape
}

function convolution(
  x: Convolution['x'],
  filters: number,
  kernel: Pair,
  strides: Pair,
  dilation: Pair,
  padding: Padding,
): Convolution {
  const picture = [x[1], x[2]] as const
  const window = { kernel, strides, dilation, pad: padFor(picture, { kernel, strides, dilation }, padding) }
  return { x, filters, window, output: [x[0], ...windowOutput(picture, window), filters] }
}

const convolutions = [
  convolution([3, 33, 31, 67], 19, [3, 3], [1, 1], [1, 1], 'same'),
  convolution([2, 17, 13, 3], 64, [3, 3], [1, 1], [1, 1], 'same'),
  convolution([1, 40, 41, 5], 10, [5, 3], [2, 3], [1, 1], 'same'),
  convolution([2, 19, 20, 6], 9, [7, 7], [2, 2], [1, 1], 'valid'),
  convolution([5, 9, 9, 4], 3, [3, 2], [1, 1], [2, 3], 'same'),
  convolution([4, 11, 7, 13], 21, [1, 1], [1, 1], [1, 1], 'valid'),
  convolution([2, 9, 8, 12], 5, [1, 1], [2, 3], [1, 1], 'same'),
  convolution([2, 10, 11, 5], 7, [3, 3], [3, 3], [1, 1], 'same'),
  convolution([2, 13, 12, 9], 12, [3, 3], [2, 2], [1, 1], 'same'),
  convolution([1, 23, 30, 3], 16, [7, 7], [2, 2], [1, 1], 'same'),
  convolution([3, 12, 9, 6], 8, [3, 3], [2, 1], [1, 2], 'valid'),
  convolution([7, 1, 1, 5], 6, [3, 3], [1, 1], [1, 1], 'same'),
  convolution([33, 2, 3, 1], 1, [2, 2], [1, 1], [1, 1], 'same'),
  // Wide, and so high that a picture is cut into blocks.
  convolution([2, 7, 211, 3], 37, [3, 2], [1, 1], [1, 1], 'same'),
  convolution([1, 9, 305, 2], 65, [3, 3], [2, 1], [1, 1], 'valid'),
  // So much padding that the same position of several pictures is multiplied together.
  convolution([14, 8, 9, 11], 6, [5, 5], [1, 1], [1, 1], 'valid'),
  convolution([29, 4, 3, 5], 19, [5, 3], [2, 1], [1, 1], 'same'),
  convolution([12, 2, 3, 9], 17, [7, 7], [1, 1], [1, 1], 'same'),
  convolution([3, 37, 39, 10], 20, [1, 1], [1, 1], [1, 1], 'same'),
]
/** These go Winograd's way: tiles cut at every edge, filters that fill no whole panel, one tile and many. */
const winograds = [
  convolution([3, 33, 31, 16], 20, [3, 3], [1, 1], [1, 1], 'same'),
  convolution([2, 12, 13, 24], 36, [3, 3], [1, 1], [1, 1], 'valid'),
  convolution([5, 6, 5, 32], 16, [3, 3], [1, 1], [1, 1], 'valid'),
  convolution([33, 5, 5, 16], 28, [3, 3], [1, 1], [1, 1], 'same'),
  convolution([7, 1, 2, 20], 24, [3, 3], [1, 1], [1, 1], 'same'),
  convolution([1, 64, 9, 64], 64, [3, 3], [1, 1], [1, 1], 'same'),
  // So many channels and filters that pieces take shares of them, the last of which is narrower.
  convolution([4, 9, 9, 148], 140, [3, 3], [1, 1], [1, 1], 'same'),
]
const convolved = [...convolutions, ...winograds]
const kernelShape = ({ window, x, filters }: Convolution): Shape => [...window.kernel, x[3], filters]
const taps = ({ window }: Convolution): number => sizeOf(window.kernel)

/** `filters` is the number of kernels for each channel. */
const depthwise = (
  x: Convolution['x'],
  D: number,
  kernel: Pair,
  strides: Pair,
  dilation: Pair,
  padding: Padding,
): Convolution => {
  const { output, ...rest } = convolution(x, D, kernel, strides, dilation, padding)
  return { ...rest, output: [...output.slice(0, 3), x[3] * D] }
}

/** Padding that Keras' rule does not make: some windows see no cell at all. */
function padded(x: Convolution['x'], D: number, kernel: Pair, pad: Window2D['pad']): Convolution {
  const window = { kernel, strides: [1, 1], dilation: [1, 1], pad } as const
  return { x, filters: D, window, output: [x[0], ...windowOutput([x[1], x[2]], window), x[3] * D] }
}

const depthwises = [
  depthwise([3, 9, 11, 33], 1, [3, 3], [1, 1], [1, 1], 'same'),
  depthwise([2, 17, 14, 16], 1, [3, 3], [1, 1], [1, 1], 'valid'),
  depthwise([5, 8, 7, 3], 1, [3, 3], [1, 1], [1, 1], 'same'),
  depthwise([2, 13, 12, 33], 1, [3, 3], [2, 2], [1, 1], 'same'),
  depthwise([3, 12, 13, 20], 1, [3, 3], [2, 2], [1, 1], 'valid'),
  depthwise([2, 9, 8, 6], 1, [3, 3], [1, 1], [2, 2], 'same'),
  depthwise([2, 11, 10, 7], 1, [3, 3], [1, 1], [2, 3], 'valid'),
  depthwise([4, 9, 10, 5], 2, [3, 3], [1, 1], [1, 1], 'same'),
  depthwise([2, 10, 11, 3], 3, [5, 3], [2, 2], [1, 1], 'valid'),
  depthwise([2, 7, 9, 33], 2, [3, 2], [2, 1], [1, 1], 'same'),
  depthwise([7, 1, 1, 33], 1, [3, 3], [1, 1], [1, 1], 'same'),
  depthwise([3, 1, 1, 3], 3, [3, 3], [1, 1], [1, 1], 'same'),
  depthwise([33, 2, 3, 1], 1, [2, 2], [1, 1], [1, 1], 'same'),
  depthwise([2, 19, 20, 9], 1, [7, 7], [2, 2], [1, 1], 'same'),
  // So wide a kernel that a row of its taps is summed in parts, and hardly a column sees all of them.
  depthwise([2, 6, 17, 10], 1, [2, 15], [1, 1], [1, 1], 'same'),
  // Strides that reach some cells only, by every tap or by every second.
  depthwise([2, 10, 11, 12], 1, [2, 2], [3, 3], [1, 1], 'same'),
  depthwise([3, 12, 9, 6], 1, [3, 3], [2, 1], [1, 2], 'valid'),
  depthwise([2, 13, 14, 5], 2, [3, 4], [2, 3], [2, 2], 'same'),
  depthwise([2, 12, 13, 8], 1, [5, 4], [4, 4], [2, 6], 'same'),
  depthwise([3, 7, 6, 13], 1, [1, 1], [1, 1], [1, 1], 'valid'),
  padded([2, 5, 6, 9], 1, [2, 2], { top: 3, bottom: 1, left: 2, right: 4 }),
  padded([2, 5, 6, 3], 2, [1, 3], { top: 0, bottom: 2, left: 5, right: 0 }),
  // Many columns, many rows, many channels: several tiles, blocks and groups.
  depthwise([1, 40, 101, 18], 1, [3, 3], [1, 1], [1, 1], 'same'),
  depthwise([19, 32, 5, 68], 1, [3, 3], [1, 1], [1, 1], 'same'),
]

const epilogue = { bias: true, activation: { kind: 'relu', alpha: 0 } } as const

const ACTIVATIONS: readonly ActivationKind[] = [
  'linear',
  'relu',
  'leakyRelu',
  'elu',
  'gelu',
  'silu',
  'sigmoid',
  'tanh',
]
const POOLS: readonly PoolKind[] = ['max', 'average', 'min']

const pools = POOLS.flatMap(kind =>
  [
    convolution([3, 13, 11, 9], 9, [2, 2], [2, 2], [1, 1], 'valid'),
    convolution([5, 8, 6, 10], 10, [2, 2], [2, 2], [1, 1], 'valid'),
    convolution([2, 10, 11, 4], 4, [3, 2], [3, 2], [1, 1], 'valid'),
    convolution([2, 13, 12, 7], 7, [3, 3], [2, 2], [1, 1], 'same'),
    convolution([2, 6, 8, 4], 4, [2, 3], [1, 2], [1, 1], 'same'),
    convolution([1, 9, 9, 2], 2, [9, 9], [9, 9], [1, 1], 'valid'),
  ].map(({ x, window, output }) => ({ kind, x, window, output })),
)

const matrix = (transposeA: boolean, transposeB: boolean, M: number, K: number, N: number, fused = false) =>
  on<'matmul'>(
    { transposeA, transposeB, ...(fused ? { epilogue } : {}) },
    [transposeA ? [K, M] : [M, K], transposeB ? [N, K] : [K, N], ...(fused ? [[N]] : [])],
    fused ? 'chain' : 'sum',
    K + 1,
  )

const statistics = (C: number): Shape[] => [[C], [C]]
const norm = [normal, normal, normal, positive] as const

/** Runs of every width, alone and behind each other; pictures and rows; more samples than one piece takes. */
const groupNorms = [
  { x: [3, 7, 5, 3], groups: 1 },
  { x: [3, 7, 5, 3], groups: 3 },
  { x: [5, 9, 8, 12], groups: 6 },
  { x: [2, 6, 7, 33], groups: 3 },
  { x: [2, 6, 7, 33], groups: 33 },
  { x: [2, 41, 37, 24], groups: 2 },
  { x: [3, 2, 74], groups: 2 },
  { x: [700, 2, 2, 10], groups: 5 },
  { x: [1, 33], groups: 1 },
  { x: [1, 1, 1, 7], groups: 1 },
  { x: [7, 36], groups: 12 },
  { x: [5, 1, 1, 12], groups: 6 },
  { x: [301, 64], groups: 1 },
  { x: [2011, 33], groups: 1 },
  { x: [2011, 20], groups: 4 },
  { x: [3, 20011], groups: 1 },
].map(({ x, groups }) => ({
  x,
  attributes: { groups, epsilon: 1e-3 },
  C: x.at(-1)!,
  rows: sizeOf(x.slice(0, -1)),
  numbers: sizeOf(x.slice(1)) / groups,
}))
/** Far from 0: what is left of the distances from the mean must not be lost. */
const shifted: Draw = random => random.normal(100, 1)

const state: Draw = (_, i) => [9001, 77][i]!

/** Rows of numbers, each column by a rule of its own. */
const columns =
  (...draws: readonly Draw[]): Draw =>
  (random, i) =>
    draws[i % draws.length]!(random, i)
const whole =
  (from: number, to: number): Draw =>
  random =>
    from + random.integer(to - from + 1)
const sign: Draw = random => (random.uniform() < 0.5 ? -1 : 1)
/** Multiples of 1/64: sums of some products with cell numbers are exact. */
const sixtyFourths =
  (from: number, to: number): Draw =>
  random =>
    from + random.integer(64 * (to - from)) / 64
const byte: Draw = random => Math.fround(random.integer(256) / 255 - 0.5)

const borders = ['constant', 'edge', 'reflect'].map(
  border => ({ border, value: 0.25 }) as OpAttributes['movePictures'],
)
/** Many channels, few, one; pictures of one row, of one column, of one cell. */
const pictures: readonly Shape[] = [
  [5, 9, 7, 3],
  [3, 6, 11, 1],
  [2, 5, 4, 9],
  [3, 1, 6, 4],
  [2, 5, 1, 2],
  [2, 1, 1, 3],
]
const colours: readonly Shape[] = [
  [5, 9, 7, 3],
  [4, 6, 5, 1],
  [2, 5, 4, 6],
]
const pixels = { low: -0.5, high: 0.5 }

export const kernelCases: { readonly [N in Exclude<OpName, 'reshape'>]: readonly KernelCase<N>[] } = {
  conv2d: [
    ...convolved.map(c => on<'conv2d'>(c.window, [c.x, kernelShape(c)], 'sum', taps(c) * c.x[3])),
    ...[...convolutions.slice(0, 3), ...winograds.slice(0, 2)].map(c =>
      on<'conv2d'>(
        { ...c.window, epilogue },
        [c.x, kernelShape(c), [c.filters]],
        'sum', // relu brings two numbers no further apart
        taps(c) * c.x[3],
      ),
    ),
  ],
  conv2dInputGradient: convolved.flatMap(c => [
    on<'conv2dInputGradient'>(
      { ...c.window, inputShape: c.x },
      [c.output, kernelShape(c)],
      'sum',
      taps(c) * c.filters,
    ),
    on<'conv2dInputGradient'>(
      { ...c.window, inputShape: c.x, throughRelu: true },
      [c.output, kernelShape(c), c.x],
      'sum',
      taps(c) * c.filters,
    ),
  ]),
  conv2dKernelGradient: convolved.map(c =>
    on<'conv2dKernelGradient'>(c.window, [c.x, c.output], 'sum', sizeOf(c.output.slice(0, 3))),
  ),
  depthwiseConv2d: depthwises.flatMap(c => [
    on<'depthwiseConv2d'>(c.window, [c.x, kernelShape(c)], 'sum', taps(c)),
    on<'depthwiseConv2d'>(
      { ...c.window, epilogue },
      [c.x, kernelShape(c), [c.output[3]!]],
      'sum', // relu brings two numbers no further apart
      taps(c) + 1,
    ),
  ]),
  depthwiseConv2dInputGradient: depthwises.flatMap(c =>
    [false, true].map(throughRelu =>
      on<'depthwiseConv2dInputGradient'>(
        { ...c.window, inputShape: c.x, throughRelu },
        [c.output, kernelShape(c), ...(throughRelu ? [c.x] : [])],
        'sum',
        taps(c) * c.filters,
      ),
    ),
  ),
  depthwiseConv2dKernelGradient: depthwises.map(c =>
    on<'depthwiseConv2dKernelGradient'>(c.window, [c.x, c.output], 'sum', sizeOf(c.output.slice(0, 3))),
  ),
  matmul: [
    matrix(false, false, 67, 33, 19),
    matrix(true, false, 5, 130, 8),
    matrix(false, true, 1, 7, 3),
    matrix(true, true, 66, 9, 31),
    matrix(false, false, 32, 100, 10, true),
    // Several chunks of steps, blocks of rows and shares of panels, the last of each smaller.
    matrix(false, false, 9, 770, 300, true),
    matrix(false, true, 140, 517, 141, true),
    matrix(true, false, 271, 261, 139),
    matrix(true, true, 150, 513, 277),
    matrix(false, false, 300, 3, 5),
    matrix(false, false, 40, 600, 13),
    // So few rows that the matrix is read where it lies.
    matrix(false, false, 3, 600, 45, true),
    // Long sums in groups.
    matrix(true, false, 40, 4200, 20),
    matrix(false, true, 9, 2101, 14),
    // Rows that would lie in the same lines of the cache.
    matrix(true, false, 256, 300, 20),
    matrix(true, true, 192, 70, 33),
  ],
  biasAdd: [
    on<'biasAdd'>({}, [[9, 31, 7], [7]], 'sum', 2),
    on<'biasAdd'>({}, [[3, 4, 1030, 8], [8]], 'sum', 2),
  ],
  channelSum: [
    on<'channelSum'>({}, [[3, 30, 20, 7]], 'sum', 1800),
    on<'channelSum'>({}, [[5, 18]], 'sum', 5),
  ],
  activation: ACTIVATIONS.map(kind =>
    on<'activation'>({ kind, alpha: 0.3 }, [[3, 5501]], 'chain', 8, [wide]),
  ),
  activationGradient: ACTIVATIONS.map(kind =>
    // A sigmoid's or tanh's output lies below 1, and that is what its derivative is made of.
    on<'activationGradient'>({ kind, alpha: 0.3 }, [[501], [501]], 'chain', 8, [
      normal,
      kind === 'sigmoid' || kind === 'tanh' ? random => random.uniform() : normal,
    ]),
  ),
  softmax: [on<'softmax'>({}, [[37, 11]], 'chain', 11, [wide])],
  softmaxGradient: [
    on<'softmaxGradient'>(
      {},
      [
        [37, 11],
        [37, 11],
      ],
      'chain',
      30,
      [normal, positive],
    ),
  ],
  pool2d: pools.map(({ kind, x, window }) =>
    on<'pool2d'>(
      { ...window, kind },
      [x],
      kind === 'average' ? 'sum' : 'exact',
      taps({ window } as Convolution) + 1,
    ),
  ),
  pool2dGradient: pools.flatMap(({ kind, x, window, output }) =>
    [false, true].map(throughRelu =>
      on<'pool2dGradient'>(
        { ...window, kind, throughRelu },
        [output, x],
        'chain',
        taps({ window } as Convolution),
      ),
    ),
  ),
  add: [
    on<'add'>(
      {},
      [
        [7, 5003],
        [7, 5003],
      ],
      'sum',
      2,
    ),
  ],
  multiply: [on<'multiply'>({}, [[41], [41]], 'sum', 1)],
  scale: [on<'scale'>({ factor: -1.7 }, [[3, 7]], 'chain')],
  concatenate: [
    on<'concatenate'>(
      { axis: 3 },
      [
        [2, 3, 4, 5],
        [2, 3, 4, 1],
        [2, 3, 4, 6],
      ],
      'exact',
    ),
    on<'concatenate'>(
      { axis: 0 },
      [
        [2, 7],
        [1, 7],
      ],
      'exact',
    ),
    on<'concatenate'>(
      { axis: 1 },
      [
        [3, 2, 5],
        [3, 4, 5],
      ],
      'exact',
    ),
  ],
  slice: [
    on<'slice'>({ begin: [1, 0, 2], size: [2, 5, 1] }, [[3, 5, 4]], 'exact'),
    on<'slice'>({ begin: [0, 1, 0, 0], size: [2, 3, 7, 3] }, [[2, 5, 7, 3]], 'exact'),
    on<'slice'>({ begin: [3], size: [4] }, [[9]], 'exact'),
  ],
  pad: [on<'pad'>({ before: [0, 1, 2, 0], after: [0, 3, 0, 1] }, [[3, 4, 5, 3]], 'exact')],
  dropout: [on<'dropout'>({ rate: 0.3, salt: 4 }, [[33, 1000], [2]], 'chain', 1, [normal, state])],
  spatialDropout: [
    on<'spatialDropout'>({ rate: 0.3, salt: 4 }, [[5, 9, 7, 13], [2]], 'chain', 1, [normal, state]),
    on<'spatialDropout'>({ rate: 0.5, salt: 1 }, [[3, 33, 32, 32], [2]], 'chain', 1, [normal, state]),
  ],
  gaussianNoise: [false, true].map(multiplicative =>
    on<'gaussianNoise'>({ stddev: 0.3, salt: 4, multiplicative }, [[33, 1000], [2]], 'chain', 8, [
      normal,
      state,
    ]),
  ),
  channelMean: [on<'channelMean'>({}, [[3, 30, 21, 6]], 'sum', 1890)],
  channelVariance: [on<'channelVariance'>({}, [[3, 30, 21, 6], [6]], 'chain', 1890)],
  batchNorm: [
    on<'batchNorm'>(
      { epsilon: 1e-3, training: true },
      [[4, 9, 5, 7], ...statistics(7), [7], [7]],
      'chain',
      8,
      [normal, normal, positive],
    ),
  ],
  batchNormGammaGradient: [
    on<'batchNormGammaGradient'>(
      { epsilon: 1e-3 },
      [[6, 9, 5, 7], [6, 9, 5, 7], ...statistics(7)],
      'chain',
      270,
      norm,
    ),
  ],
  batchNormInputGradient: [true, false].map(training =>
    on<'batchNormInputGradient'>(
      { epsilon: 1e-3, training },
      [[6, 9, 5, 7], [6, 9, 5, 7], ...statistics(7), [7], [7], [7]],
      'chain',
      16,
      norm,
    ),
  ),
  groupNorm: groupNorms.map(({ x, attributes, C, numbers }) =>
    on<'groupNorm'>(attributes, [x, [C], [C]], 'chain', numbers, [shifted]),
  ),
  groupNormGammaGradient: groupNorms.map(({ x, attributes, rows, numbers }) =>
    on<'groupNormGammaGradient'>(attributes, [x, x], 'chain', rows + numbers, [normal, shifted]),
  ),
  groupNormInputGradient: groupNorms.map(({ x, attributes, C, numbers }) =>
    on<'groupNormInputGradient'>(attributes, [x, x, [C]], 'chain', numbers, [normal, shifted]),
  ),
  softmaxCrossEntropy: [
    on<'softmaxCrossEntropy'>(
      {},
      [
        [37, 11],
        [37, 11],
      ],
      'chain',
      22,
      [wide, positive],
    ),
  ],
  softmaxCrossEntropyGradient: [
    on<'softmaxCrossEntropyGradient'>({}, [[37], [37, 11], [37, 11]], 'chain', 22, [normal, wide, positive]),
  ],
  crossEntropy: [
    on<'crossEntropy'>(
      {},
      [
        [37, 11],
        [37, 11],
      ],
      'chain',
      22,
      [positive, positive],
    ),
  ],
  crossEntropyGradient: [
    on<'crossEntropyGradient'>({}, [[37], [37, 11], [37, 11]], 'chain', 40, [normal, positive, positive]),
  ],
  smoothTarget: [on<'smoothTarget'>({ smoothing: 0.1 }, [[37, 11]], 'chain', 2, [positive])],
  squaredError: [
    on<'squaredError'>(
      {},
      [
        [19, 3, 5],
        [19, 3, 5],
      ],
      'chain',
      15,
    ),
  ],
  squaredErrorGradient: [on<'squaredErrorGradient'>({}, [[19], [19, 3, 5], [19, 3, 5]], 'chain', 4)],
  mean: [on<'mean'>({}, [[4097, 3]], 'sum', 12292), on<'mean'>({}, [[5]], 'sum', 6)],
  spread: [on<'spread'>({ shape: [7, 5], factor: 0.25 }, [[1]], 'sum')],
  l2Penalty: [on<'l2Penalty'>({ factor: 0.01 }, [[3, 3, 65, 17]], 'chain', 9945)],
  l2PenaltyGradient: [on<'l2PenaltyGradient'>({ factor: 0.01 }, [[1], [3, 3, 5]], 'chain')],
  l1Penalty: [on<'l1Penalty'>({ factor: 0.01 }, [[3, 3, 65, 17]], 'chain', 9945)],
  l1PenaltyGradient: [
    on<'l1PenaltyGradient'>({ factor: 0.01 }, [[1], [3, 3, 5]], 'chain', 1, [normal, withZeros]),
  ],
  topK: [1, 3].map(k =>
    on<'topK'>(
      { k },
      [
        [41, 7],
        [41, 7],
      ],
      'exact',
      1,
      [r => r.integer(4), (_, i) => Number(i % 9 === 0)],
    ),
  ),
  combine: [true, false].map(square => on<'combine'>({ square }, [[9001], [9001], [2]], 'chain', 4)),
  adamStep: [on<'adamStep'>({}, [[33], [33], [33], [2]], 'chain', 4, [normal, normal, positive, positive])],
  rmsStep: [
    on<'rmsStep'>({ centered: false }, [[35], [35], [35], [3]], 'chain', 4, [
      normal,
      normal,
      positive,
      positive,
    ]),
    // The mean's square stays below v, so that their difference does not cancel.
    on<'rmsStep'>({ centered: true }, [[20001], [20001], [20001], [20001], [3]], 'chain', 4, [
      normal,
      normal,
      positive,
      r => r.uniform(-0.3, 0.3),
      positive,
    ]),
  ],
  lionStep: [on<'lionStep'>({}, [[4099], [4099], [4099], [3]], 'chain', 4)],
  scaleBy: [on<'scaleBy'>({}, [[7, 5, 3], [1]], 'exact')],
  clip: [on<'clip'>({ limit: 0.75 }, [[61, 3]], 'exact')],
  normFactor: [
    on<'normFactor'>({ norm: 3, least: 0.5 }, [[1], [1], [1]], 'chain', 3, [positive, positive, positive]),
    on<'normFactor'>({ norm: 3, least: 3 }, [[1]], 'chain', 1, [positive]),
  ],
  movePictures: pictures.flatMap(x =>
    borders.map(border =>
      on<'movePictures'>(border, [x, [x[0]!, 4]], 'exact', 1, [
        normal,
        columns(sign, sign, whole(-12, 12), whole(-12, 12)),
      ]),
    ),
  ),
  warpPictures: pictures.flatMap(x =>
    borders.map(border =>
      on<'warpPictures'>(border, [x, [x[0]!, 7]], 'chain', 4, [
        normal,
        columns(
          whole(0, 3),
          sixtyFourths(-2, 2),
          sixtyFourths(-1, 1),
          sixtyFourths(-9, 9),
          sixtyFourths(-1, 1),
          sixtyFourths(-2, 2),
          sixtyFourths(-9, 9),
        ),
      ]),
    ),
  ),
  coverBoxes: [
    on<'coverBoxes'>(
      { value: 0.25 },
      [
        [9, 7, 5, 3],
        [9, 4],
      ],
      'exact',
      1,
      [normal, columns(whole(0, 3), whole(0, 2), whole(0, 4), whole(0, 3))],
    ),
  ],
  pasteBoxes: [
    on<'pasteBoxes'>(
      {},
      [
        [9, 7, 5, 3],
        [9, 5],
      ],
      'exact',
      1,
      [normal, columns(whole(0, 3), whole(0, 2), whole(0, 4), whole(0, 3), whole(0, 8))],
    ),
  ],
  mixRows: [[9, 7, 5, 3], [12, 10], [5, 3], [4]].map(x =>
    on<'mixRows'>({}, [x, [x[0]!, 2]], 'sum', 4, [
      normal,
      columns(random => (random.uniform() < 0.2 ? 1 : random.uniform()), whole(0, x[0]! - 1)),
    ]),
  ),
  recolourPictures: colours.map(x =>
    on<'recolourPictures'>(
      { low: -8, high: 8 },
      [x, [x[0]!, 1 + x[3]! + 2 * x[3]! ** 2]],
      'chain',
      sizeOf(x.slice(1)),
      [normal, (random, i) => (i % (1 + x[3]! + 2 * x[3]! ** 2) === 0 ? random.integer(3) : random.normal())],
    ),
  ),
  changeLevels: colours.flatMap(([N, ...shape]) =>
    [0, 1, 2, 3, 4].map(change =>
      // Large enough to have something to equalize, and amounts that divide 256.
      on<'changeLevels'>(
        pixels,
        [
          [N!, 5 * shape[0]!, 5 * shape[1]!, shape[2]!],
          [N!, 2],
        ],
        'chain',
        4,
        [
          byte,
          columns(
            () => change,
            random => 2 ** (1 + random.integer(7)),
          ),
        ],
      ),
    ),
  ),
  sharpenPictures: [...pictures, ...colours].map(x =>
    on<'sharpenPictures'>(pixels, [x, [x[0]!, 1]], 'chain', 16, [
      byte,
      (random, i) => (i === 0 ? 1 : random.uniform(0, 2)),
    ]),
  ),
}
