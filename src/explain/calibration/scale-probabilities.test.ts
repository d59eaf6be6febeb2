import { expect, test } from 'vitest'
import { scaleProbabilities } from './scale-probabilities.js'
import { softmaxOf, tensorOf } from './synthetic.fixture.js'

const logits = [
  [2, -1, 0.5],
  [0, 0, 0],
  [-3, 4, 1],
]
const probabilities = tensorOf(logits.map(softmaxOf))

test.each([0.25, 1, 3])('it is the softmax of logits / %d', temperature => {
  const scaled = scaleProbabilities(probabilities, temperature)
  expect(scaled.shape).toEqual([3, 3])
  logits
    .flatMap(row => softmaxOf(row.map(z => z / temperature)))
    .forEach((value, i) => {
      expect(scaled.data[i]).toBeCloseTo(value, 6)
    })
})

test('what came stays as it is', () => {
  const before = probabilities.data.slice()
  scaleProbabilities(probabilities, 2)
  expect(probabilities.data).toEqual(before)
})

test('probabilities of 0 stay below all others, and rows sum to 1', () => {
  const { data } = scaleProbabilities(tensorOf([[0, 1e-45, 1e-38, 1]]), 20)
  expect([...data]).toEqual([...data].sort((a, b) => a - b))
  expect(data[0]).toBe(Math.fround(data[0]!))
  expect(data[0]).toBeGreaterThan(0)
  expect(data.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 6)
})

test('the order of classes stays, at any temperature', () => {
  const rows = [
    [0.2, 0.3, 0.1, 0.4],
    [0.24, 0.25, 0.26, 0.25],
  ]
  for (const temperature of [0.01, 0.5, 7, 1000]) {
    const { data } = scaleProbabilities(tensorOf(rows), temperature)
    rows.forEach((row, n) => {
      const scaled = data.slice(4 * n, 4 * n + 4)
      for (const a of [0, 1, 2, 3])
        for (const b of [0, 1, 2, 3])
          if (row[a]! > row[b]!) expect(scaled[a]).toBeGreaterThanOrEqual(scaled[b]!)
      expect(scaled.indexOf(Math.max(...scaled))).toBe(row.indexOf(Math.max(...row)))
    })
  }
})

test.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY])('temperature %d is refused', temperature => {
  expect(() => scaleProbabilities(probabilities, temperature)).toThrow(
    `scaleProbabilities: temperature must be a finite number above 0, but ${temperature} came.`,
  )
})

test('rows that are no probabilities are refused', () => {
  expect(() => scaleProbabilities(tensorOf([[0.9, 0.9]]), 2)).toThrow(
    'scaleProbabilities: the probabilities of row 0 sum to 1.8, not to 1.',
  )
})
