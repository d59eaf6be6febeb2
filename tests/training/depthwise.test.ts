import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { datasets, layers, loadModel, optimizers, Sequential, saveModel } from '../../src/index.node.js'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fovea-depthwise-'))
})
afterAll(() => rm(folder, { recursive: true }))

const { train } = datasets.shapes({ train: 96, test: 10, seed: 1 })
const square = { kernelSize: 3, padding: 'same', activation: 'relu' } as const

const networks = {
  depthwise: () => [
    layers.depthwiseConv2d({ ...square, depthMultiplier: 3, strides: 2, inputShape: [32, 32, 3] }),
    layers.depthwiseConv2d(square),
  ],
  separable: () => [
    layers.separableConv2d({ ...square, filters: 12, strides: 2, inputShape: [32, 32, 3] }),
    layers.separableConv2d({ ...square, filters: 10, depthMultiplier: 2 }),
  ],
}
/** By hand: each layer's kernels and biases, then 8·8 · channels + 1 numbers for each of ten classes. */
const parameters = {
  depthwise: 9 * 9 + 9 + (9 * 9 + 9) + 10 * (64 * 9 + 1),
  separable: 9 * 3 + 3 * 12 + 12 + (9 * 24 + 24 * 10 + 10) + 10 * (64 * 10 + 1),
}

async function trained(kind: keyof typeof networks, threads: number) {
  const model = new Sequential(
    [
      ...networks[kind](),
      layers.maxPooling2d(),
      layers.flatten(),
      layers.dense({ units: 10, activation: 'softmax' }),
    ],
    { seed: 1 },
  )
  model.compile({ optimizer: optimizers.adam({ learningRate: 0.01 }), loss: 'categoricalCrossentropy' })
  const history = await model.fit(train.x, train.y, { epochs: 20, batchSize: 32, verbose: 0, threads })
  return { model, losses: history.history.loss! }
}

test.each([
  'depthwise',
  'separable',
] as const)('a %s network learns, the same on one thread and on two, and is saved and loaded', async kind => {
  const { model, losses } = await trained(kind, 1)
  expect(losses.at(-1)!).toBeLessThan(0.7 * losses[0]!)
  expect(model.countParams()).toBe(parameters[kind])

  const other = await trained(kind, 2)
  expect(other.losses).toEqual(losses)
  for (const [name, { data }] of model.getWeights())
    expect(other.model.getWeights().get(name)!.data).toEqual(data)

  const path = join(folder, `${kind}.safetensors`)
  await saveModel(model, path)
  const loaded = await loadModel(path)
  expect((await loaded.predict(train.x)).data).toEqual((await model.predict(train.x)).data)
  expect(loaded.summary({ print: false })).toBe(model.summary({ print: false }))
}, 120_000)
