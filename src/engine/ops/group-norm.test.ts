import { expect, test } from 'vitest'
import { ShapeError } from '../../base/errors.js'
import { groupNorm } from './group-norm.js'

const exact = (groups: number) => ({ groups, epsilon: 0 })
const ones = (length: number) => new Float64Array(length).fill(1)

test('samples and groups have statistics of their own', () => {
  // Two samples of two places, four channels in two groups: each group holds 0, 2, 4, 6 in other units.
  const x = Float64Array.of(0, 2, 10, 30, 4, 6, 50, 70, 100, 102, 5, 5, 104, 106, 7, 7)
  const shapes = [[2, 2, 4], [4], [4]]
  const y = groupNorm.meaning(exact(2), [x, ones(4), new Float64Array(4)], shapes, [2, 2, 4])
  const [far, near] = [3 / Math.sqrt(5), 1 / Math.sqrt(5)]
  const [wide, close] = [30 / Math.sqrt(500), 10 / Math.sqrt(500)]
  const expected = [-far, -near, -wide, -close, near, far, close, wide, -far, -near, -1, -1, near, far, 1, 1]
  y.forEach((value, i) => expect(value).toBeCloseTo(expected[i]!, 14))
})

test('gamma and beta belong to channels, not to groups', () => {
  const inputs = [Float64Array.of(-1, 1, 1, -1), Float64Array.of(2, 3), Float64Array.of(10, 20)]
  const y = groupNorm.meaning(exact(1), inputs, [[2, 2], [2], [2]], [2, 2])
  expect([...y]).toEqual([8, 23, 12, 17])
})

test('says what does not fit', () => {
  const shape = (groups: number, ...shapes: number[][]) => groupNorm.shape(exact(groups), shapes)
  expect(() => shape(4, [2, 5, 6], [6], [6])).toThrow(
    new ShapeError('groupNorm: 6 channels cannot be cut into 4 groups of one size.'),
  )
  expect(() => shape(2, [2, 5, 6], [6], [3])).toThrow(
    new ShapeError('groupNorm: beta must be 6, but 3 came.'),
  )
  expect(() => shape(2, [6], [6], [6])).toThrow(
    new ShapeError('groupNorm: x must be [samples, …, channels], but 6 came.'),
  )
})
