import { expect, test } from 'vitest'
import { sureAnswers, thresholdFloor } from './threshold.js'

/** `[confidence, right of, all]` */
function chosen(groups: readonly (readonly [number, number, number])[], reliability = 0.95, floor = 0.5) {
  const rows = groups.flatMap(([confidence, right, all]) =>
    Array.from({ length: all }, (_, i) => ({ confidence, right: i < right })),
  )
  return sureAnswers(
    rows.map(row => row.confidence),
    row => rows[row]!.right,
    { reliability, floor },
  )
}

/** Wilson's lower limit at z = 1, as it is usually written. */
const wilson = (p: number, n: number) =>
  (p + 1 / (2 * n) - Math.sqrt((p * (1 - p)) / n + 1 / (4 * n * n))) / (1 + 1 / n)

test('it is as low as it can be: the first group whose answers drag the share below is left out', () => {
  const found = chosen([
    [0.99, 99, 100],
    [0.75, 95, 100],
    [0.625, 60, 100],
    [0.375, 10, 100],
  ])
  expect(wilson(194 / 200, 200)).toBeGreaterThan(0.95)
  expect(wilson(254 / 300, 300)).toBeLessThan(0.95)
  expect(found.threshold).toBe(0.625)
  expect(found.answered).toBe(0.5)
  expect(found.accuracyAnswered!.value).toBe(0.97)
  expect(found.accuracyAnswered!.standardError).toBeCloseTo(Math.sqrt((0.97 * 0.03) / 200), 12)
})

test('a few surest mistakes do not end the search: what counts are all answers above', () => {
  const found = chosen([
    [0.99, 8, 10],
    [0.75, 300, 300],
    [0.625, 0, 40],
  ])
  expect(found.threshold).toBe(0.625)
})

test('however right a network is, there is a floor', () => {
  const found = chosen([
    [0.99, 500, 500],
    [0.375, 100, 100],
  ])
  expect(found.threshold).toBe(0.5)
  expect(found.answered).toBe(5 / 6)
  expect([2, 3, 4, 10, 1000].map(thresholdFloor)).toEqual([0.75, 0.5, 0.5, 0.5, 0.5])
})

test('19 of 19 prove 95 %, 18 of 18 do not', () => {
  expect(chosen([[0.75, 19, 19]]).threshold).toBe(0.5)
  expect(chosen([[0.75, 18, 18]])).toEqual({ threshold: 1, answered: 0, accuracyAnswered: null })
})

test('where no threshold will do no answer is sure, not even one of probability 1', () => {
  expect(chosen([[1, 80, 100]])).toEqual({ threshold: 1, answered: 0, accuracyAnswered: null })
  expect(chosen([[0.25, 100, 100]])).toEqual({ threshold: 1, answered: 0, accuracyAnswered: null })
})

test('a higher reliability asks for more', () => {
  const groups = [
    [0.99, 1000, 1000],
    [0.75, 95, 100],
    [0.625, 85, 100],
  ] as const
  expect([0.9, 0.99, 0.995].map(reliability => chosen(groups, reliability).threshold)).toEqual([
    0.5,
    0.625,
    Math.fround(0.75),
  ])
})
