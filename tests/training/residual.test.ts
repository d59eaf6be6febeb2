import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  datasets,
  loadModel,
  Model,
  optimizers,
  plotModel,
  residualNetwork,
  saveModel,
} from '../../src/index.node.js'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fovea-residual-'))
})
afterAll(() => rm(folder, { recursive: true }))

const { train, test: unseen } = datasets.shapes({ train: 640, test: 200, seed: 1 })

test('the residual network learns, is saved and loaded, summarised and plotted', async () => {
  const model = new Model(residualNetwork([32, 32, 3], 10), { seed: 1 })
  model.compile({
    optimizer: optimizers.sgd({ learningRate: 0.05, momentum: 0.9 }),
    loss: 'categoricalCrossentropy',
    metrics: ['accuracy'],
  })
  await model.fit(train.x, train.y, { epochs: 3, batchSize: 32, verbose: 0, threads: 1 })
  const [, accuracy] = await model.evaluate(unseen.x, unseen.y)
  // Chance is 0.1, five standard errors above it 0.21.
  expect(accuracy).toBeGreaterThan(0.25)

  const path = join(folder, 'resnet.safetensors')
  await saveModel(model, path)
  expect((await (await loadModel(path)).predict(unseen.x)).data).toEqual((await model.predict(unseen.x)).data)

  expect(model.summary({ print: false })).toContain('Total params: 176,378')
  await plotModel(model, { toFile: join(folder, 'resnet.svg') })
  expect(await readFile(join(folder, 'resnet.svg'), 'utf8')).toContain('global_average_pooling2d')
}, 120_000)
