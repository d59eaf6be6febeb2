import { expect, test } from 'vitest'
import { median, ratios, spread } from '../../bench/report/statistics.js'

test('the median is the value in the middle, or between the two in the middle', () => {
  expect(median([10, 1, 3])).toBe(3)
  expect(median([4, 1, 10, 2])).toBe(3)
  expect(median([])).toBeNaN()
})

test('a spread is the median with the least and the most, and nothing of nothing', () => {
  expect(spread([5, 1, 3])).toEqual({ median: 3, min: 1, max: 5 })
  expect(spread([])).toBeNull()
})

test('a ratio compares two windows of one round, and no others', () => {
  const window = (round: number, imagesPerSecond: number) => ({ round, imagesPerSecond })
  const ours = [window(0, 100), window(1, 50), window(2, 200)]
  expect(ratios(ours, [window(0, 10), window(1, 10), window(2, 10)])).toEqual([10, 5, 20])
  expect(ratios(ours, [window(2, 100)])).toEqual([2])
  expect(ratios([], [window(0, 10)])).toEqual([])
})
