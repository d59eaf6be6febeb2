import { expect, test } from 'vitest'
import type { Layer } from '../layer.js'
import { sequential } from '../network.js'
import { networkOf, record, run } from '../recording.fixture.js'
import * as layers from './index.js'

/** What the layer makes of these numbers, `rows` samples of `shape`. */
async function feed(layer: Layer, shape: readonly number[], x: readonly number[], training = false) {
  const rows = x.length / shape.reduce((product, length) => product * length, 1)
  const { outputs, device } = await run(record(networkOf(layer, [shape]), rows, training), {
    x0: Float32Array.from(x),
  })
  return { y: outputs.y0!, read: (weight: string) => device.read(weight)[0] }
}

test('Flatten keeps the order H, W, C', async () => {
  const x = [1, 2, 3, 4, 5, 6, 7, 8]
  expect((await feed(layers.flatten(), [2, 2, 2], x)).y).toEqual(Float32Array.from(x))
})

test('MinPooling2D is what MaxPooling2D is to the negative numbers', async () => {
  const x = Array.from({ length: 25 }, (_, i) => ((i * 7) % 11) - 5)
  const options = { poolSize: 3, strides: 2, padding: 'same' } as const
  const least = (await feed(layers.minPooling2d(options), [5, 5, 1], x)).y
  const largest = (
    await feed(
      layers.maxPooling2d(options),
      [5, 5, 1],
      x.map(value => -value),
    )
  ).y
  expect(least).toEqual(largest.map(value => -value))
})

test('GlobalAveragePooling2D gives the mean of each channel', async () => {
  const { y } = await feed(layers.globalAveragePooling2d(), [2, 2, 2], [1, 10, 2, 20, 3, 30, 6, 60])
  expect(y).toEqual(Float32Array.of(3, 30))
})

test('GlobalMaxPooling2D gives the largest number of each channel', async () => {
  const { y } = await feed(layers.globalMaxPooling2d(), [2, 2, 2], [1, -10, 9, -20, 3, -30, 6, -5])
  expect(y).toEqual(Float32Array.of(9, -5))
})

test('Dense over more axes treats every row alike', async () => {
  const together = await feed(layers.dense({ units: 2, name: 'd' }), [2, 2], [1, 2, 3, 4])
  const apart = await feed(layers.dense({ units: 2, name: 'd' }), [2], [1, 2, 3, 4])
  expect(together.y).toEqual(apart.y)
})

test('leakyRelu has Keras’ slope, or its own', async () => {
  const x = [-1, 2]
  expect((await feed(layers.activation({ activation: 'leakyRelu' }), [2], x)).y).toEqual(
    Float32Array.of(-0.2, 2),
  )
  const own = layers.activation({ activation: { name: 'leakyRelu', alpha: 0.5 } })
  expect((await feed(own, [2], x)).y).toEqual(Float32Array.of(-0.5, 2))
})

test('ZeroPadding2D puts its rows and columns where it says', async () => {
  const { y } = await feed(
    layers.zeroPadding2d({
      padding: [
        [1, 0],
        [0, 2],
      ],
    }),
    [1, 1, 1],
    [5],
  )
  expect(y).toEqual(Float32Array.of(0, 0, 0, 5, 0, 0))
})

test('Dropout multiplies what it keeps while training, and does nothing else', async () => {
  const x = Array.from({ length: 400 }, () => 1)
  const { y } = await feed(layers.dropout({ rate: 0.25 }), [400], x, true)
  expect(new Set(y)).toEqual(new Set([0, Math.fround(4 / 3)]))
  expect((await feed(layers.dropout({ rate: 0.25 }), [400], x)).y).toEqual(Float32Array.from(x))
})

test('two Dropout layers of one network drop differently', () => {
  const half = () => layers.dropout({ rate: 0.5, inputShape: [4] })
  const { graph } = record(sequential([half(), half()]), 1, true)
  expect(graph.nodes.map(node => node.attributes)).toEqual([
    { rate: 0.5, salt: 1 },
    { rate: 0.5, salt: 2 },
  ])
})

/** Keras' golden numbers: moving 0 and 1, batch [0, 2, 4, 6] of mean 3 and population variance 5. */
test('BatchNormalization follows the batch with Keras’ share', async () => {
  const layer = layers.batchNormalization({ name: 'norm' })
  const { y, read } = await feed(layer, [1], [0, 2, 4, 6], true)
  expect(read('norm/moving_mean')).toBeCloseTo(0.03, 7)
  expect(read('norm/moving_variance')).toBeCloseTo(1.04, 6)
  expect([...y]).toEqual([0, 2, 4, 6].map(x => Math.fround((x - 3) / Math.sqrt(5.001))))
})

test('BatchNormalization that is not trainable uses its moving statistics and leaves them', async () => {
  const frozen = layers.batchNormalization({ name: 'norm', trainable: false })
  const { y, read } = await feed(frozen, [1], [0, 2, 4, 6], true)
  expect([...y]).toEqual([0, 2, 4, 6].map(x => Math.fround(x / Math.sqrt(1.001))))
  expect(read('norm/moving_mean')).toBe(0)
})

/** What normalization makes of 0, 2, 4, 6: mean 3, population variance 5. */
const normal = [0, 2, 4, 6].map(x => (x - 3) / Math.sqrt(5.001))
const expectClose = (y: Float32Array, expected: readonly number[]) => {
  expect(y).toHaveLength(expected.length)
  y.forEach((value, i) => expect(value).toBeCloseTo(expected[i]!, 5))
}

test('LayerNormalization normalises the channels of each pixel, or the axes it is told', async () => {
  const pixels = await feed(layers.layerNormalization(), [1, 2, 4], [0, 2, 4, 6, 16, 14, 12, 10])
  expectClose(pixels.y, [...normal, ...normal.toReversed()])
  // The numbers of the first picture are four, those of the second twice that: all of a picture have one mean.
  const pictures = layers.layerNormalization({ axis: [1, 2, 3], epsilon: 1e-9 })
  const { y } = await feed(pictures, [2, 1, 2], [0, 2, 4, 6, 0, 4, 8, 12])
  const exact = [0, 2, 4, 6].map(x => (x - 3) / Math.sqrt(5))
  expectClose(y, [...exact, ...exact])
})

test('LayerNormalization has a gamma and a beta for each number that it normalises together', () => {
  const shapes = (axis: number | number[]) =>
    layers
      .layerNormalization({ axis })
      .weights([[3, 4, 2]])
      .map(({ name, shape }) => [name, shape])
  expect(shapes(-1)).toEqual([
    ['gamma', [2]],
    ['beta', [2]],
  ])
  expect(shapes([-1, 1, 2])[0]).toEqual(['gamma', [3, 4, 2]])
})

test('GroupNormalization normalises neighbouring channels over the whole picture', async () => {
  const x = [0, 2, 60, 0, 4, 6, 20, 40]
  const { y } = await feed(layers.groupNormalization({ groups: 2 }), [2, 1, 4], x)
  const wide = [60, 0, 20, 40].map(value => (value - 30) / Math.sqrt(500.001))
  expectClose(y, [normal[0]!, normal[1]!, wide[0]!, wide[1]!, normal[2]!, normal[3]!, wide[2]!, wide[3]!])
})

test('GroupNormalization with a group for each channel knows no other channel and no other picture', async () => {
  const x = [0, 7, 2, 9, 4, 1, 6, 3]
  const { y } = await feed(layers.groupNormalization({ groups: -1 }), [4, 1, 2], x)
  expectClose(
    y.filter((_, i) => i % 2 === 0),
    normal,
  )
  const other = await feed(
    layers.groupNormalization({ groups: -1 }),
    [4, 1, 2],
    [...x, 5, 5, 5, 5, 5, 5, 5, 8],
  )
  expect(other.y.slice(0, 8)).toEqual(y)
})

test('normalization without gamma or beta is normalization with ones and zeros', async () => {
  const x = [3, 1, 4, 1, 5, 9, 2, 6]
  for (const layer of [layers.layerNormalization, layers.groupNormalization]) {
    const options = layer === layers.groupNormalization ? { groups: 2 } : {}
    const whole = await feed(layer(options), [2, 1, 4], x)
    const bare = await feed(layer({ ...options, scale: false, center: false }), [2, 1, 4], x)
    expect(bare.y).toEqual(whole.y)
    const constants = {
      gammaInitializer: { name: 'constant', value: 2 },
      betaInitializer: { name: 'constant', value: 1 },
    } as const
    const { y } = await feed(layer({ ...options, ...constants }), [2, 1, 4], x)
    expectClose(
      y,
      [...whole.y].map(value => 2 * value + 1),
    )
  }
})

test('DepthwiseConv2D filters every channel by itself, in Keras’ order of channels', async () => {
  const ones = { depthwiseInitializer: 'ones', padding: 'same', kernelSize: 3 } as const
  const x = [1, 10, 2, 20, 3, 30, 4, 40]
  const { y } = await feed(layers.depthwiseConv2d({ ...ones, depthMultiplier: 2 }), [2, 2, 2], x)
  // Every window covers the whole picture: 1 + 2 + 3 + 4 in both kernels of channel 0, ten times that of channel 1.
  expect(y).toEqual(Float32Array.from({ length: 16 }, (_, i) => (i % 4 < 2 ? 10 : 100)))
})

test('SeparableConv2D mixes the channels it has filtered, and adds the bias to the mixture', async () => {
  const layer = layers.separableConv2d({
    filters: 3,
    kernelSize: 2,
    depthwiseInitializer: 'ones',
    pointwiseInitializer: { name: 'constant', value: 0.5 },
    biasInitializer: 'ones',
  })
  const { y } = await feed(layer, [2, 2, 2], [1, 10, 2, 20, 3, 30, 4, 40])
  expect(y).toEqual(Float32Array.of(56, 56, 56))
})

/** Keras 3: keras/src/layers/convolutional/base_depthwise_conv.py and base_separable_conv.py, `build`. */
test('depthwise weights have Keras’ names, shapes and order', () => {
  const weightsOf = (layer: Layer) => layer.weights([[9, 9, 5]]).map(({ name, shape }) => [name, ...shape])
  expect(weightsOf(layers.depthwiseConv2d({ kernelSize: [3, 2], depthMultiplier: 2 }))).toEqual([
    ['kernel', 3, 2, 5, 2],
    ['bias', 10],
  ])
  expect(weightsOf(layers.separableConv2d({ filters: 7, kernelSize: 3, depthMultiplier: 2 }))).toEqual([
    ['depthwise_kernel', 3, 3, 5, 2],
    ['pointwise_kernel', 1, 1, 10, 7],
    ['bias', 7],
  ])
})

test('a depthwise kernel cannot begin as dirac, which would mix channels', () => {
  expect(() => layers.depthwiseConv2d({ kernelSize: 3, depthwiseInitializer: 'dirac' })).toThrow(
    'not dirac, which mixes channels',
  )
})
