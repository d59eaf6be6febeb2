import { expect, test } from 'vitest'
import { Random } from '../../base/random.js'
import { drawBeta } from './beta.js'

// Beta(a, a) has the mean 1/2 and the variance 1 / (4 · (2a + 1)).
test.each([0.05, 0.2, 0.7, 1, 2, 5])('Beta(%d, same) has its mean and its variance', alpha => {
  const random = new Random(1, 'beta', alpha)
  const values = Array.from({ length: 40_000 }, () => drawBeta(random, alpha))
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length
  expect(values.every(value => value >= 0 && value <= 1)).toBe(true)
  expect(Math.abs(mean - 0.5)).toBeLessThan(0.012)
  expect(Math.abs(variance * 4 * (2 * alpha + 1) - 1)).toBeLessThan(0.05)
})
