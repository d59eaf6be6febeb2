import { expect, test } from 'vitest'
import { Random } from '../../base/random.js'
import { Tensor } from '../../base/tensor.js'
import { conv2d, dense, flatten } from '../../nn/layers/index.js'
import { Sequential } from '../sequential.js'
import { float32Reference } from '../tiny.fixture.js'
import { lookAt, viewsOf } from './views.js'

const shape = [4, 4, 1]
const random = new Random(3, 'views')
const x = new Tensor(
  Float32Array.from({ length: 5 * 16 }, () => random.uniform(-1, 1)),
  [5, ...shape],
)
const y = new Tensor(Uint8Array.of(0, 1, 2, 1, 0), [5])

function model(): Sequential {
  const made = new Sequential(
    [
      conv2d({ filters: 2, kernelSize: 3, inputShape: shape, kernelRegularizer: { l2: 0.01 } }),
      flatten(),
      dense({ units: 3, activation: 'softmax' }),
    ],
    { seed: 4 },
  )
  made.compile({ loss: 'categoricalCrossentropy', metrics: ['accuracy'], backend: float32Reference })
  return made
}

test.each(['flip', 'flip+shift'] as const)('%s predicts the mean over its views', async testTime => {
  const network = model()
  const expected = new Float64Array(15)
  for (const view of viewsOf(testTime, shape)) {
    const seen = new Tensor(lookAt(x.data as Float32Array, shape, view), x.shape)
    const said = await network.predict(seen)
    said.data.forEach((value, i) => {
      expected[i]! += view.weight * value
    })
  }
  const { data } = await network.predict(x, { batchSize: 2, testTime })
  expect(data.length).toBe(15)
  data.forEach((value, i) => {
    expect(Math.abs(value - expected[i]!)).toBeLessThan(1e-6)
  })
})

test('loss and metrics are those of the mean, penalties included', async () => {
  const network = model()
  const { data } = await network.predict(x, { testTime: 'flip' })
  const rowLoss = [...y.data].map((label, row) => -Math.log(data[row * 3 + label]!))
  const kernel = network.getWeights().get('conv2d/kernel')!.data
  const penalty = 0.01 * kernel.reduce((sum, w) => sum + w * w, 0)
  const detailed = await network.evaluateDetailed(x, y, { testTime: 'flip', batchSize: 2 })
  const right = [...detailed.predicted].filter((label, row) => label === y.data[row]).length
  expect(detailed.logs.accuracy).toBe(right / 5)
  expect(detailed.logs.loss).toBeCloseTo(rowLoss.reduce((sum, loss) => sum + loss, 0) / 5 + penalty, 5)
  detailed.rowLoss.forEach((loss, row) => {
    expect(loss).toBeCloseTo(rowLoss[row]!, 5)
  })
  const plain = await network.evaluateDetailed(x, y)
  expect(plain.logs.loss).not.toBe(detailed.logs.loss)
})
