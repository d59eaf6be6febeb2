import { expect, test } from 'vitest'
import { Tensor } from '../base/tensor.js'
import { dense, flatten } from '../nn/layers/index.js'
import { topK } from '../nn/metrics.js'
import { Sequential } from './sequential.js'
import { float32Reference, tinyData, tinyModel } from './tiny.fixture.js'

/** Says its input: what a row holds is what the model predicts. */
function mirror(loss: 'categoricalCrossentropy' | 'meanSquaredError', metrics: readonly string[] = []) {
  const model = new Sequential([dense({ units: 4, useBias: false, inputShape: [4] })])
  const identity = Float32Array.from({ length: 16 }, (_, i) => (i % 5 === 0 ? 1 : 0))
  model.setWeights(new Map([['dense/kernel', new Tensor(identity, [4, 4])]]))
  model.compile({ loss, metrics, backend: float32Reference })
  return model
}

const predictions = new Tensor(
  // biome-ignore format: a row a line
  Float32Array.of(
    0.5, 0.25, 0.125, 0.125,
    0.125, 0.25, 0.5, 0.125,
    0.25, 0.25, 0.25, 0.25,
  ),
  [3, 4],
)
const labels = new Tensor(Uint8Array.of(0, 1, 3), [3])

test('loss, accuracy and top-k are those computed by hand', async () => {
  const model = mirror('categoricalCrossentropy', ['accuracy', 'top_2', 'top_3'])
  const [loss, accuracy, top2, top3] = await model.evaluate(predictions, labels)
  expect(loss).toBeCloseTo((Math.log(2) + Math.log(4) + Math.log(4)) / 3, 6)
  // The first is right; the second has its class in second place; the third ties, and lower classes go first.
  expect([accuracy, top2, top3]).toEqual([1 / 3, 2 / 3, 2 / 3])
})

test('mean squared error is the mean over the row, then over the rows', async () => {
  const target = new Tensor(
    predictions.data.map((value, i) => value + (i < 4 ? 0.5 : 1)),
    [3, 4],
  )
  const [loss] = await mirror('meanSquaredError').evaluate(predictions, target)
  expect(loss).toBe((0.25 + 1 + 1) / 3)
})

test('the detailed evaluation gives every row: its loss and the class it is taken for', async () => {
  const model = mirror('categoricalCrossentropy', ['accuracy'])
  const { logs, rowLoss, predicted } = await model.evaluateDetailed(predictions, labels, { batchSize: 2 })
  expect(Object.keys(logs)).toEqual(['loss', 'accuracy'])
  expect(predicted).toEqual(Int32Array.of(0, 2, 0))
  expect([...rowLoss].map(loss => loss.toFixed(5))).toEqual([2, 4, 4].map(n => Math.log(n).toFixed(5)))
})

test.each([1, 3, 4, 7, 10, 32])('results do not depend on the batch size: %i', async batchSize => {
  const { x, y } = tinyData()
  const model = tinyModel({ rate: 0.5 })
  const whole = await model.evaluateDetailed(x, y, { batchSize: 10 })
  expect(await model.evaluateDetailed(x, y, { batchSize })).toEqual(whole)
  expect(await model.predict(x, { batchSize })).toEqual(await model.predict(x, { batchSize: 10 }))
})

test('predictions are rows of the output, and need no compile', async () => {
  const { x } = tinyData()
  const model = new Sequential([
    flatten({ inputShape: [2, 2, 1] }),
    dense({ units: 3, activation: 'softmax' }),
  ])
  const { shape, data } = await model.predict(x)
  expect(shape).toEqual([10, 3])
  for (let row = 0; row < 10; row++)
    expect(data[row * 3]! + data[row * 3 + 1]! + data[row * 3 + 2]!).toBeCloseTo(1, 6)
})

test('runs asked for at the same time follow each other', async () => {
  const { x, y } = tinyData()
  const model = tinyModel()
  const [a, b, c] = await Promise.all([model.predict(x), model.evaluate(x, y), model.predict(x)])
  expect(c).toEqual(a)
  expect(b).toEqual(await model.evaluate(x, y))
})

test('top-k as a metric of its own', async () => {
  const { x, y } = tinyData()
  const model = tinyModel({}, { metrics: [topK({ k: 3 })] })
  expect((await model.evaluateDetailed(x, y)).logs.top_3).toBe(1)
})
