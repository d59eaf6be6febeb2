import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { datasets, modelFromName, optimizers, Sequential } from '../../src/index.node.js'

/**
 * The weights' hash as another machine computed it. It changes only when somebody changes in which order kernels add, or the
 * first weights: then write down the new one. On any other day a difference means that a promise is broken.
 */
const golden = '364604f275a7d84e85c91e2c6e5d997102225b6580034549c99fd290449db02f'

test('deterministic training ends with the bits of another machine', async () => {
  const { train } = datasets.shapes({ train: 96, test: 1, seed: 3 })
  const model = new Sequential(modelFromName('tutorial').layers([32, 32, 3], 10), {
    seed: 7,
    deterministic: true,
  })
  model.compile({
    optimizer: optimizers.sgd({ learningRate: 0.01, momentum: 0.9 }),
    loss: 'categoricalCrossentropy',
  })
  await model.fit(train.x, train.y, { epochs: 1, batchSize: 32, verbose: 0 })
  const hash = createHash('sha256')
  for (const { data } of model.getWeights().values()) hash.update(data)
  expect(hash.digest('hex')).toBe(golden)
})
