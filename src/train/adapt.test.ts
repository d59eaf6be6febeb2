import { afterEach, expect, test, vi } from 'vitest'
import { FoveaError } from '../base/errors.js'
import { Tensor } from '../base/tensor.js'
import type { Layer } from '../nn/layer.js'
import {
  batchNormalization,
  conv2d,
  dense,
  flatten,
  globalAveragePooling2d,
  normalization,
  patchWhitening,
  zeroPadding2d,
} from '../nn/layers/index.js'
import type { Checkpoint } from './checkpoint.js'
import type { Model } from './model.js'
import { pictureModel, tinyPictures } from './pictures.fixture.js'
import { Sequential } from './sequential.js'
import { float32Reference } from './tiny.fixture.js'

const x = tinyPictures(12)
const y = new Tensor(
  Uint8Array.from({ length: 12 }, (_, row) => row % 4),
  [12],
)
const head = (): Layer[] => [globalAveragePooling2d(), dense({ units: 4, activation: 'softmax' })]
const whitened = (): Layer[] => [
  normalization({ inputShape: [8, 8, 2] }),
  patchWhitening({ activation: 'relu' }),
  ...head(),
]
const quiet = { batchSize: 5, verbose: 0 } as const

const numbersOf = (model: Model, name: string): number[] => [...model.getWeights().get(name)!.data]

afterEach(() => vi.restoreAllMocks())

test('fit adapts to its training rows, before its first step and never again', async () => {
  const model = pictureModel(float32Reference, whitened())
  await model.fit(x, y, { ...quiet, validationSplit: 0.25 })
  const kernel = numbersOf(model, 'patch_whitening/kernel')
  const mean = numbersOf(model, 'normalization/mean')
  const alone = pictureModel(float32Reference, whitened())
  await alone.adapt(x.slice(0, 9))
  expect(numbersOf(alone, 'patch_whitening/kernel')).toEqual(kernel)
  expect(numbersOf(alone, 'normalization/mean')).toEqual(mean)
  await model.fit(tinyPictures(7).scaled(3, 1), y.slice(0, 7), quiet)
  expect(numbersOf(model, 'patch_whitening/kernel')).toEqual(kernel)
  expect(numbersOf(model, 'normalization/mean')).toEqual(mean)
})

test('a later layer sees what an earlier one makes of the pictures', async () => {
  const model = pictureModel(float32Reference, whitened())
  await model.adapt(x)
  const seen = (await model.activations(x, { layers: ['normalization'] })).get('normalization')!
  const expected = patchWhitening().adapt(seen)
  const kernel = numbersOf(model, 'patch_whitening/kernel')
  kernel.forEach((value, i) => expect(value).toBeCloseTo(expected.kernel![i]!, 5))
})

test('training moves the bias of the whitening layer and leaves its kernel', async () => {
  const model = pictureModel(float32Reference, whitened())
  await model.adapt(x)
  const before = {
    bias: numbersOf(model, 'patch_whitening/bias'),
    kernel: numbersOf(model, 'patch_whitening/kernel'),
  }
  await model.fit(x, y, quiet)
  expect(numbersOf(model, 'patch_whitening/bias')).not.toEqual(before.bias)
  expect(numbersOf(model, 'patch_whitening/kernel')).toEqual(before.kernel)
})

test('adapt can be called again, for other data', async () => {
  const model = pictureModel(float32Reference, whitened())
  await model.adapt(x)
  const first = numbersOf(model, 'normalization/mean')
  await model.adapt(x.scaled(2, 0))
  numbersOf(model, 'normalization/mean').forEach((mean, c) => expect(mean).toBeCloseTo(2 * first[c]!, 6))
})

test('nothing can be asked of a model that was never adapted', async () => {
  const model = pictureModel(float32Reference, whitened())
  const refusal =
    'Normalization "normalization" has not been adapted to data: its mean and variance are all zeros.\n' +
    '  Call await model.adapt(x) with training pictures first; fit does it by itself.'
  await expect(model.predict(x)).rejects.toThrow(refusal)
  await expect(model.evaluate(x, y)).rejects.toThrow(refusal)
  await expect(model.activations(x)).rejects.toThrow(refusal)
  await expect(model.attention(x)).rejects.toThrow(refusal)
  const kernelOnly = pictureModel(float32Reference, [patchWhitening({ inputShape: [8, 8, 2] }), ...head()])
  await expect(kernelOnly.predict(x)).rejects.toThrow(
    'PatchWhitening "patch_whitening" has not been adapted to data: its kernel is all zeros.',
  )
  await model.adapt(x)
  expect((await model.predict(x)).data.every(Number.isFinite)).toBe(true)
})

test('a resumed run does not adapt again, and ends with the same bits', async () => {
  const whole = pictureModel(float32Reference, whitened())
  const saved: Checkpoint[] = []
  const checkpoint = { save: async (state: Checkpoint) => void saved.push(state) }
  await whole.fit(x, y, { ...quiet, epochs: 2, checkpoint })
  const resumed = pictureModel(float32Reference, whitened(), 99)
  const adapt = vi.spyOn(resumed.layers[2]!, 'adapt')
  await resumed.fit(x, y, { ...quiet, epochs: 2, resume: saved[0]! })
  expect(adapt).not.toHaveBeenCalled()
  expect(resumed.getWeights()).toEqual(whole.getWeights())
})

test('of many rows some are looked at, spread over all', async () => {
  const rows = 12_000
  const level = Float32Array.from({ length: rows }, (_, row) => row / rows)
  const model = new Sequential([
    normalization({ inputShape: [1] }),
    dense({ units: 2, activation: 'softmax' }),
  ])
  model.compile({ loss: 'categoricalCrossentropy', backend: float32Reference })
  const adapt = vi.spyOn(model.layers[1]!, 'adapt')
  await model.adapt(new Tensor(level, [rows, 1]))
  const seen = adapt.mock.calls[0]![0]
  expect(seen.shape).toEqual([2000, 1])
  expect([...seen.data.slice(0, 3), seen.data[1999]]).toEqual([0, 6, 12, 11994].map(row => level[row]))
})

test('numbers that are not finite are refused before they are taken over', async () => {
  const model = pictureModel(float32Reference, whitened())
  const broken = new Tensor(new Float32Array(2 * 128).fill(Number.NaN), [2, 8, 8, 2])
  await expect(model.fit(broken, y.slice(0, 2), quiet)).rejects.toThrow(
    new FoveaError(
      'Normalization "normalization" cannot be adapted: computed from this data, its mean is not finite.',
      'Look for NaN and infinite values in x.',
    ).message,
  )
  await expect(model.adapt(x.slice(0, 0))).rejects.toThrow('x has no rows')
})

const network =
  (...front: Layer[]) =>
  () =>
    new Sequential([...front, flatten(), dense({ units: 2 })])

test.each([
  [
    'a convolution',
    'Conv2D "conv2d"',
    network(conv2d({ filters: 2, kernelSize: 1, inputShape: [4, 4, 1] }), patchWhitening()),
  ],
  [
    'moving statistics',
    'BatchNormalization "batch_normalization"',
    network(
      batchNormalization({ center: false, scale: false, inputShape: [4, 4, 1] }),
      zeroPadding2d(),
      patchWhitening(),
    ),
  ],
])('%s in front of a layer that adapts is refused when the network is built', (_, who, build) => {
  expect(build).toThrow(
    `PatchWhitening computes its weights from the data before training, but training changes what ${who} in front of it makes of them.\n` +
      '  Put it directly behind the input, or behind layers without weights that training changes.',
  )
})

test('layers that do not change may stand in front', () => {
  const frozen = conv2d({ filters: 2, kernelSize: 1, trainable: false, inputShape: [4, 4, 1] })
  expect(network(frozen, zeroPadding2d(), normalization(), patchWhitening())).not.toThrow()
})
