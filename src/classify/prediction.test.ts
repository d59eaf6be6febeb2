import { expect, test } from 'vitest'
import { Tensor } from '../base/tensor.js'
import { answersOf, predictionsOf } from './prediction.js'

const names = ['cat', 'dog', 'frog']
const row = (...shares: number[]) => new Tensor(Float32Array.from(shares), [1, 3])
const sureOf = (threshold: number | null) => predictionsOf(row(0.25, 0.5, 0.25), names, threshold)[0]!.sure

test('every class has its answer, the likeliest first; of equals the one that comes first', () => {
  const answers = answersOf(Float32Array.from([0.25, 0.5, 0.25]), names)
  expect(answers).toEqual([
    { className: 'dog', probability: 0.5 },
    { className: 'cat', probability: 0.25 },
    { className: 'frog', probability: 0.25 },
  ])
})

test('there is a prediction for each row', () => {
  const two = new Tensor(Float32Array.from([1, 0, 0, 0, 0, 1]), [2, 3])
  expect(predictionsOf(two, names, null).map(({ answers }) => answers[0]!.className)).toEqual(['cat', 'frog'])
  expect(predictionsOf(new Tensor(new Float32Array(0), [0, 3]), names, null)).toEqual([])
})

test('an answer is sure above the threshold, not at it; without one nobody knows', () => {
  expect(sureOf(0.49)).toBe(true)
  expect(sureOf(0.5)).toBe(false)
  expect(sureOf(0.9)).toBe(false)
  expect(sureOf(null)).toBeNull()
})
