import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { currentPlatform, usePlatform } from '../../src/base/platform.js'
import {
  datasets,
  layers,
  loadModel,
  losses,
  type Model,
  optimizers,
  regularizers,
  Sequential,
  saveModel,
} from '../../src/index.node.js'

// As many threads as a test asks for, however few cores there are here.
usePlatform({ ...currentPlatform(), cores: 3 })

const { train, test: unseen } = datasets.shapes({ train: 70, test: 33, seed: 5 })

/** Every layer that adapts or makes noise, both penalties, and smoothed labels. */
function noisy(deterministic: boolean): Model {
  const model = new Sequential(
    [
      layers.normalization({ inputShape: [32, 32, 3] }),
      layers.gaussianNoise({ stddev: 0.1 }),
      layers.patchWhitening({ activation: 'relu' }),
      layers.spatialDropout2d({ rate: 0.2 }),
      layers.conv2d({
        filters: 30,
        kernelSize: 3,
        kernelInitializer: 'dirac',
        kernelRegularizer: regularizers.l1l2({ l1: 1e-4, l2: 1e-3 }),
      }),
      layers.spatialDropout2d({ rate: 0.3 }),
      layers.maxPooling2d({ poolSize: 4 }),
      layers.flatten(),
      layers.gaussianDropout({ rate: 0.2 }),
      layers.dense({ units: 10, activation: 'softmax', kernelInitializer: 'orthogonal' }),
    ],
    { seed: 4, deterministic },
  )
  model.compile({
    optimizer: optimizers.sgd({ learningRate: 0.01, momentum: 0.9 }),
    loss: losses.categoricalCrossentropy({ labelSmoothing: 0.1 }),
  })
  return model
}

async function trained(threads: number, deterministic: boolean): Promise<Model> {
  const model = noisy(deterministic)
  await model.fit(train.x, train.y, { epochs: 2, batchSize: 32, threads, verbose: 0 })
  return model
}

test.each([
  true,
  false,
])('noise, dropped channels and adapted layers have the same bits for every number of threads (deterministic: %s)', async deterministic => {
  const weights = (await trained(1, deterministic)).getWeights()
  for (const { data } of weights.values()) expect(data.every(Number.isFinite)).toBe(true)
  expect((await trained(3, deterministic)).getWeights()).toEqual(weights)
})

test('a saved model holds what its layers adapted to', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'fovea-noise-'))
  try {
    const model = await trained(1, false)
    await saveModel(model, join(folder, 'noisy.safetensors'))
    const loaded = await loadModel(join(folder, 'noisy.safetensors'))
    expect(loaded.getWeights()).toEqual(model.getWeights())
    expect(await loaded.predict(unseen.x)).toEqual(await model.predict(unseen.x))
  } finally {
    await rm(folder, { recursive: true })
  }
})
