import { expect, test } from 'vitest'
import { Tensor } from '../base/tensor.js'
import { wasmBackend } from '../engine/backends/wasm/wasm.js'
import { optimizerFromName, optimizerNames } from './optimizers/index.js'
import { pictureModel, tinyPictures, useTwoThreads } from './pictures.fixture.js'
import { quiet, weightsOf } from './tiny.fixture.js'

useTwoThreads()

const x = tinyPictures(10)
const y = new Tensor(
  Uint8Array.from({ length: 10 }, (_, row) => row % 4),
  [10],
)

const options = {
  globalClipNorm: 0.5,
  weightDecay: 0.1,
  groups: [{ weights: '*beta', learningRateFactor: 8 }],
}
const settings = {
  ...Object.fromEntries(optimizerNames.filter(name => name !== 'muon').map(name => [name, options])),
  muon: { globalClipNorm: 0.5, useEma: true, others: { name: 'sgd', momentum: 0.9, ...options } },
}

test.each(Object.entries(settings))('%s: the number of threads changes no bit', async (name, options) => {
  const train = async (threads: number) => {
    const model = pictureModel(wasmBackend)
    model.compile({ loss: 'categoricalCrossentropy', optimizer: optimizerFromName(name, options) })
    const { history } = await model.fit(x, y, { ...quiet, threads, batchSize: 5, epochs: 2 })
    return { loss: history.loss, weights: weightsOf(model) }
  }
  const one = await train(1)
  expect(await train(2)).toEqual(one)
  expect(Object.values(one.weights).flat().every(Number.isFinite)).toBe(true)
})
