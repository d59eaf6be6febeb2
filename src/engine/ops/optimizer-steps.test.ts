import { expect, test } from 'vitest'
import { ShapeError } from '../../base/errors.js'
import { adamStep, combine, lionStep, rmsStep } from './optimizer-steps.js'

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

test('all may overwrite their first input', () => {
  expect([combine, adamStep, rmsStep, lionStep].map(op => op.inPlace)).toEqual([0, 0, 0, 0])
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

test('rmsStep divides by the root of the variance, which is never below 0', () => {
  const step = (centered: boolean, ...inputs: number[][]) =>
    rmsStep.meaning(
      { centered },
      inputs.map(values => Float64Array.from(values)),
      [],
      [1],
    )[0]
  expect(step(false, [2], [3], [15], [0.5, 4, 1])).toBe(1 + 12 / 4)
  expect(step(true, [2], [3], [19], [2], [1, -4, 1])).toBe(2 - 12 / 4)
  expect(step(true, [2], [3], [3.999], [2], [1, 1, 9])).toBe(2 + 3 / 3)
})

test('lionStep moves by the rate in the direction of the sign, and stays at 0', () => {
  const inputs = [
    [1, 1, 1, 1],
    [2, -2, 0, Number.NaN],
    [0, 1, 0, 0],
    [0.25, 0.5, 0.5],
  ]
  const moved = lionStep.meaning(
    {},
    inputs.map(values => Float64Array.from(values)),
    [],
    [4],
  )
  expect([...moved]).toEqual([0.75, 1.25, 1, Number.NaN])
})

test('the other steps say what does not fit, too', () => {
  expect(() => rmsStep.shape({ centered: false }, [[2], [2], [2], [2]])).toThrow(
    'rmsStep: coefficients must be 3, but 2 came.',
  )
  expect(() => rmsStep.shape({ centered: true }, [[2], [2], [2], [3]])).toThrow(
    'rmsStep: the inputs must be (x, g, v, mean), but 3 came.',
  )
  expect(() => lionStep.shape({}, [[2], [3], [2], [3]])).toThrow('lionStep: m must be 2, but 3 came.')
})
