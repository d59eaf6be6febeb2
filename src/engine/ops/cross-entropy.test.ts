import { describe, expect, test } from 'vitest'
import { ShapeError } from '../../base/errors.js'
import {
  crossEntropy,
  crossEntropyGradient,
  softmaxCrossEntropy,
  softmaxCrossEntropyGradient,
} from './cross-entropy.js'

const classOne = Float64Array.of(0, 1, 0)
const row = [
  [1, 3],
  [1, 3],
]

describe('crossEntropy: Keras’ numbers (facts C6)', () => {
  const loss = (...p: number[]) => crossEntropy.meaning({}, [Float64Array.from(p), classOne], row, [1])[0]!

  test('probabilities are scaled to sum 1', () => {
    expect(loss(0.2, 0.2, 0.2)).toBeCloseTo(1.0986123, 7)
  })

  test('and kept within 1e-7 … 1 - 1e-7', () => {
    expect(Math.fround(loss(1, 0, 0))).toBe(Math.fround(16.118095))
    expect(loss(0, 1, 0)).toBeCloseTo(1e-7, 13)
  })

  test('where they were clipped no gradient flows', () => {
    const p = Float64Array.of(1, 0, 0)
    const dp = crossEntropyGradient.meaning({}, [Float64Array.of(1), p, classOne], [[1], ...row], [1, 3])
    expect([...dp].map(Math.abs)).toEqual([0, 0, 0])
  })
})

describe('softmaxCrossEntropy', () => {
  const loss = (...z: number[]) =>
    softmaxCrossEntropy.meaning({}, [Float64Array.from(z), classOne], row, [1])[0]!
  const gradient = (...z: number[]) => [
    ...softmaxCrossEntropyGradient.meaning(
      {},
      [Float64Array.of(1), Float64Array.from(z), classOne],
      [[1], ...row],
      [1, 3],
    ),
  ]

  test('is not clipped and does not overflow', () => {
    expect(loss(0, 0, 0)).toBeCloseTo(Math.log(3), 14)
    expect(loss(1000, 0, -1000)).toBe(1000)
    expect(loss(-1000, 1000, -1000)).toBe(0)
  })

  test('its gradient is p - target', () => {
    expect(gradient(1000, 0, -1000)).toEqual([1, -1, 0])
    const third = gradient(5, 5, 5)
    for (const [i, expected] of [1 / 3, -2 / 3, 1 / 3].entries()) expect(third[i]).toBeCloseTo(expected, 14)
  })

  test('a logit that is no number makes the loss none', () => {
    expect(loss(Number.NaN, 0, 0)).toBeNaN()
  })

  test('says what does not fit', () => {
    expect(() =>
      softmaxCrossEntropy.shape({}, [
        [4, 10],
        [4, 12],
      ]),
    ).toThrow(new ShapeError('softmaxCrossEntropy: target must be 4×10, but 4×12 came.'))
    expect(() => crossEntropyGradient.shape({}, [[3], [4, 10], [4, 10]])).toThrow(
      new ShapeError('crossEntropyGradient: dloss must be 4, but 3 came.'),
    )
  })
})
