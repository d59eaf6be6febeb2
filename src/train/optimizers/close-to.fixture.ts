import { expect } from 'vitest'

/**
 * Holds weights after each step against those of a rule written out. Coefficients are float32, so the way gone may
 * differ by their rounding.
 */
export function expectSteps(
  came: readonly (readonly number[])[],
  expected: readonly (readonly number[])[],
  start: readonly number[],
): void {
  expect(came.length).toBe(expected.length)
  for (const [step, row] of expected.entries())
    for (const [i, value] of row.entries()) {
      const gone = Math.abs(value - start[i]!)
      const distance = Math.abs(came[step]![i]! - value)
      expect(distance, `step ${step}, number ${i}: ${came[step]![i]}, not ${value}`).toBeLessThanOrEqual(
        1e-6 * gone + 2 ** -24 * Math.abs(value),
      )
    }
}

/** Three weights, and gradients of very different sizes for five steps. */
export const start = [1, -2, 0.5]
export const gradients = [
  [0.1, -4, 0],
  [-0.3, 2, 1e-4],
  [0.2, 0.5, -1e-4],
  [0.7, -1, 3],
  [0.05, 8, -2],
]
