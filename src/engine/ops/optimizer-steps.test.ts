import { expect, test } from 'vitest'
import { ShapeError } from '../../base/errors.js'
import { adamStep, combine } from './optimizer-steps.js'

const shapes = [[2], [2], [2]]

test('combine adds multiples, or a multiple of the square', () => {
  const inputs = [Float64Array.of(1, 2), Float64Array.of(3, -4), Float64Array.of(0.5, 10)]
  expect([...combine.meaning({ square: false }, inputs, shapes, [2])]).toEqual([30.5, -39])
  expect([...combine.meaning({ square: true }, inputs, shapes, [2])]).toEqual([90.5, 161])
})

test('adamStep goes by m over the root of v', () => {
  const inputs = [
    [1, 2],
    [3, -4],
    [9, 0],
    [0.5, 2],
  ].map(numbers => Float64Array.from(numbers))
  expect([...adamStep.meaning({}, inputs, [...shapes, [2]], [2])]).toEqual([1 - 1.5 / 5, 3])
})

test('both may overwrite their first input', () => {
  expect([combine.inPlace, adamStep.inPlace]).toEqual([0, 0])
})

test('say what does not fit', () => {
  expect(() => combine.shape({ square: false }, [[2], [3], [2]])).toThrow(
    new ShapeError('combine: y must be 2, but 3 came.'),
  )
  expect(() => combine.shape({ square: false }, [[2], [2], [3]])).toThrow(
    new ShapeError('combine: coefficients must be 2, but 3 came.'),
  )
  expect(() => adamStep.shape({}, [[2], [2], [4], [2]])).toThrow('adamStep: v must be 2, but 4 came.')
})
