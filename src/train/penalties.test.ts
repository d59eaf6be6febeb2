import { expect, test } from 'vitest'
import { Tensor } from '../base/tensor.js'
import { dense } from '../nn/layers/index.js'
import { l1l2 } from '../nn/regularizers.js'
import { sgd } from './optimizers/index.js'
import { Sequential } from './sequential.js'
import { float32Reference, quiet, weightsOf } from './tiny.fixture.js'

const column = (...values: number[]) => new Tensor(Float32Array.from(values), [values.length, 1])

/** One weight of 1 × 3 outputs, of which inputs of 0 give no error gradient: only the penalties move it. */
function penalized(weights: readonly number[]): Sequential {
  const kernelRegularizer = l1l2({ l1: 0.5, l2: 0.125 })
  const model = new Sequential([dense({ units: 3, useBias: false, inputShape: [1], kernelRegularizer })])
  model.setWeights(new Map([['dense/kernel', new Tensor(Float32Array.from(weights), [1, 3])]]))
  model.compile({
    optimizer: sgd({ learningRate: 0.25 }),
    loss: 'meanSquaredError',
    backend: float32Reference,
  })
  return model
}

const x = column(0, 0)
const y = new Tensor(new Float32Array(6), [2, 3])

test('L1 moves each weight towards 0 by the same, L2 by its size; what is 0 stays', async () => {
  const model = penalized([2, -1, 0])
  await model.fit(x, y, { ...quiet, batchSize: 2 })
  const expected = [2, -1, 0].map(w => w - 0.25 * (0.5 * Math.sign(w) + 0.25 * w))
  expect(weightsOf(model)).toEqual({ 'dense/kernel': expected })
})

test('both are in the loss, while training and when measured', async () => {
  const penalty = 0.5 * 3 + 0.125 * 5
  expect(await penalized([2, -1, 0]).evaluate(x, y)).toEqual([penalty])
  const { history } = await penalized([2, -1, 0]).fit(x, y, quiet)
  expect(history.loss).toEqual([penalty])
})
