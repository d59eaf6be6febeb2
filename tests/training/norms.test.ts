import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test, vi } from 'vitest'
import { currentPlatform, usePlatform } from '../../src/base/platform.js'
import {
  datasets,
  layers,
  loadModel,
  type Model,
  optimizers,
  Sequential,
  saveModel,
} from '../../src/index.node.js'

// As many threads as a test asks for, however few cores there are here.
usePlatform({ ...currentPlatform(), cores: 3 })

const { train, test: unseen } = datasets.shapes({ train: 70, test: 33, seed: 5 })

/** A normalization of pictures and one of numbers; neither has channels that fill whole vectors. */
const pairs = {
  group: () => [layers.groupNormalization({ groups: 6 }), layers.groupNormalization({ groups: 3 })],
  instance: () => [layers.groupNormalization({ groups: -1 }), layers.groupNormalization({ groups: 1 })],
  layer: () => [layers.layerNormalization(), layers.layerNormalization({ center: false })],
  'whole picture': () => [
    layers.layerNormalization({ axis: [1, 2, 3] }),
    layers.layerNormalization({ scale: false }),
  ],
} as const

function normed(name: keyof typeof pairs, deterministic = false): Model {
  const [ofPictures, ofNumbers] = pairs[name]()
  const model = new Sequential(
    [
      layers.conv2d({ filters: 18, kernelSize: 3, strides: 2, inputShape: [32, 32, 3] }),
      ofPictures!,
      layers.activation({ activation: 'relu' }),
      layers.maxPooling2d(),
      layers.flatten(),
      layers.dense({ units: 33 }),
      ofNumbers!,
      layers.activation({ activation: 'relu' }),
      layers.dense({ units: 10, activation: 'softmax' }),
    ],
    { seed: 4, deterministic },
  )
  model.compile({
    optimizer: optimizers.adam({ learningRate: 0.01 }),
    loss: 'categoricalCrossentropy',
  })
  return model
}

const fit = (model: Model, threads: number, epochs = 1) =>
  model.fit(train.x, train.y, { epochs, batchSize: 16, threads, verbose: 0 })

describe.each(Object.keys(pairs) as (keyof typeof pairs)[])('%s normalization', name => {
  test('learns', async () => {
    const model = normed(name)
    const before = model.getWeights()
    const { history } = await fit(model, 2, 12)
    expect(history.loss!.at(-1)).toBeLessThan(0.5 * history.loss![0]!)
    const trained = [...model.getWeights()].filter(([weight]) => weight.includes('normalization'))
    expect(trained).toHaveLength(name === 'layer' || name === 'whole picture' ? 3 : 4)
    for (const [weight, { data }] of trained) expect(data, weight).not.toEqual(before.get(weight)!.data)
  })

  test.each([
    true,
    false,
  ])('has the same bits for every number of threads (deterministic: %s)', async deterministic => {
    const models = [1, 2, 3].map(threads => ({ threads, model: normed(name, deterministic) }))
    for (const { threads, model } of models) await fit(model, threads)
    const [one, ...others] = models.map(({ model }) => model.getWeights())
    for (const { data } of one!.values()) expect(data.every(Number.isFinite)).toBe(true)
    for (const weights of others) expect(weights).toEqual(one)
  })

  test('is saved and comes back', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'fovea-norms-'))
    try {
      const model = normed(name)
      await fit(model, 2)
      await saveModel(model, join(folder, 'normed.safetensors'))
      const loaded = await loadModel(join(folder, 'normed.safetensors'))
      expect(loaded.getWeights()).toEqual(model.getWeights())
      expect(await loaded.predict(unseen.x)).toEqual(await model.predict(unseen.x))
    } finally {
      await rm(folder, { recursive: true })
    }
  })

  test('takes steps of one picture without a word', async () => {
    const notice = vi.fn()
    const { history } = await normed(name).fit(train.x, train.y, { batchSize: 1, verbose: 0, notice })
    expect(history.loss![0]).toBeLessThan(10)
    expect(notice).not.toHaveBeenCalled()
  })
})
