import { expect, test } from 'vitest'
import { ShapeError } from '../../base/errors.js'
import { squaredError, squaredErrorGradient } from './squared-error.js'

test('is the mean over all axes but the first', () => {
  const y = Float64Array.of(1, 2, 3, 4)
  const target = Float64Array.of(0, 0, 3, 6)
  const shapes = [
    [2, 1, 2],
    [2, 1, 2],
  ]
  expect([...squaredError.meaning({}, [y, target], shapes, squaredError.shape({}, shapes))]).toEqual([2.5, 2])
})

test('says what does not fit', () => {
  expect(() =>
    squaredError.shape({}, [
      [4, 10],
      [4, 1],
    ]),
  ).toThrow(new ShapeError('squaredError: target must be 4×10, but 4×1 came.'))
  expect(() => squaredErrorGradient.shape({}, [[1], [4, 10], [4, 10]])).toThrow(
    new ShapeError('squaredErrorGradient: dloss must be 4, but 1 came.'),
  )
})
