import { expect, test } from 'vitest'
import { Tensor } from '../../base/tensor.js'
import { conv2d, dense, flatten, maxPooling2d } from '../../nn/layers/index.js'
import { tinyPictures } from '../pictures.fixture.js'
import { Sequential } from '../sequential.js'
import { float32Reference, quiet, tinyData, tinyModel } from '../tiny.fixture.js'
import { optimizerFromName, optimizerNames } from './registry.js'

/** Rates that suit a network of a few dozen weights. */
const rates = { sgd: 0.5, adam: 0.05, adamw: 0.05, rmsprop: 0.03, lion: 0.02, muon: 0.05 }

test.each(optimizerNames)('%s learns', async name => {
  const { x, y } = tinyData()
  const options = { learningRate: rates[name], ...(name === 'muon' && { weights: '*kernel' }) }
  const model = tinyModel({}, { optimizer: optimizerFromName(name, options) })
  const { history } = await model.fit(x, y, { ...quiet, epochs: 60, batchSize: 5 })
  expect(history.loss!.at(-1)).toBeLessThan(0.5 * history.loss![0]!)
})

test('muon learns kernels of convolutions, with everything on', async () => {
  const x = tinyPictures(12)
  const y = new Tensor(
    Uint8Array.from({ length: 12 }, (_, row) => row % 4),
    [12],
  )
  const model = new Sequential(
    [
      conv2d({ filters: 3, kernelSize: 3, activation: 'relu', inputShape: [8, 8, 2] }),
      maxPooling2d(),
      flatten(),
      dense({ units: 4, activation: 'softmax' }),
    ],
    { seed: 1 },
  )
  const optimizer = optimizerFromName('muon', {
    learningRate: 0.1,
    normalizeWeights: true,
    newtonSchulzSteps: 3,
    globalClipNorm: 1,
    lookahead: { every: 2 },
    others: { name: 'adamw', learningRate: 0.05, groups: [{ weights: '*bias', weightDecay: null }] },
  })
  model.compile({ loss: 'categoricalCrossentropy', optimizer, backend: float32Reference })
  const { history } = await model.fit(x, y, { ...quiet, epochs: 12, batchSize: 6 })
  expect(history.loss!.at(-1)).toBeLessThan(0.5 * history.loss![0]!)
})
