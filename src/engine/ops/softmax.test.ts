import { expect, test } from 'vitest'
import { softmax } from './softmax.js'

const of = (...x: number[]) => [
  ...softmax.meaning({}, [Float64Array.from(x)], [[1, x.length]], [1, x.length]),
]

test('sums to 1 and stays finite however large the numbers are', () => {
  expect(of(1e4, 1e4)).toEqual([0.5, 0.5])
  expect(of(-1e4, 0)).toEqual([0, 1])
  expect(of(1, 2, 3).reduce((sum, p) => sum + p)).toBeCloseTo(1, 15)
})

test('adding a number to all changes nothing', () => {
  for (const [i, p] of of(1, 2, 4).entries()) expect(of(101, 102, 104)[i]).toBeCloseTo(p, 14)
})

test('rows are independent; a NaN stays in its row', () => {
  const y = softmax.meaning({}, [Float64Array.of(0, Number.NaN, 3, 3)], [[2, 2]], [2, 2])
  expect([...y]).toEqual([Number.NaN, Number.NaN, 0.5, 0.5])
})
