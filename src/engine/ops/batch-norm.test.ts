import { expect, test } from 'vitest'
import { ShapeError } from '../../base/errors.js'
import { batchNorm, channelMean, channelVariance } from './batch-norm.js'

const batch = Float64Array.of(0, 2, 4, 6)

test('the variance is the population’s: moving statistics after one batch as in Keras (facts C9)', () => {
  const mean = channelMean.meaning({}, [batch], [[4, 1]], [1])
  const variance = channelVariance.meaning({}, [batch, mean], [[4, 1], [1]], [1])
  expect([mean[0], variance[0]]).toEqual([3, 5])
  expect(0 * 0.99 + mean[0]! * 0.01).toBeCloseTo(0.03, 15)
  expect(1 * 0.99 + variance[0]! * 0.01).toBeCloseTo(1.04, 15)
})

test('channels have statistics of their own', () => {
  const x = Float64Array.of(1, 10, 3, 30)
  const shapes = [[1, 2, 1, 2]]
  const mean = channelMean.meaning({}, [x], shapes, [2])
  expect([...mean]).toEqual([2, 20])
  expect([...channelVariance.meaning({}, [x, mean], [...shapes, [2]], [2])]).toEqual([1, 100])
})

test('normalises, then scales and shifts', () => {
  const inputs = [batch, Float64Array.of(3), Float64Array.of(4), Float64Array.of(10), Float64Array.of(1)]
  const shapes = [[4, 1], [1], [1], [1], [1]]
  const y = batchNorm.meaning({ epsilon: 0, training: false }, inputs, shapes, [4, 1])
  expect([...y]).toEqual([-14, -4, 6, 16])
})

test('says which statistic does not fit', () => {
  const shapes = [[2, 4, 4, 8], [8], [8], [4], [8]]
  expect(() => batchNorm.shape({ epsilon: 1e-3, training: true }, shapes)).toThrow(
    new ShapeError('batchNorm: gamma must be 8, but 4 came.'),
  )
})
