import { expect, test } from 'vitest'
import { adam } from './adam.js'
import { runOptimizer } from './run.fixture.js'

const start = [1, -2, 0.5]
const gradients = [
  [0.1, -4, 0],
  [-0.3, 2, 1e-4],
  [0.2, 0.5, -1e-4],
  [0.7, -1, 3],
  [0.05, 8, -2],
]

/** Keras' rule in float64: the correction is in the rate, epsilon outside the root. */
function byHand(lr: number, beta1: number, beta2: number, epsilon: number): number[][] {
  const w = [...start]
  const m = start.map(() => 0)
  const v = start.map(() => 0)
  return gradients.map((g, step) => {
    const rate = (lr * Math.sqrt(1 - beta2 ** (step + 1))) / (1 - beta1 ** (step + 1))
    for (let i = 0; i < w.length; i++) {
      m[i]! += (g[i]! - m[i]!) * (1 - beta1)
      v[i]! += (g[i]! ** 2 - v[i]!) * (1 - beta2)
      w[i]! -= (rate * m[i]!) / (Math.sqrt(v[i]!) + epsilon)
    }
    return [...w]
  })
}

test.each([
  { learningRate: 0.001, beta1: 0.9, beta2: 0.999, epsilon: 1e-7 },
  { learningRate: 0.1, beta1: 0.5, beta2: 0.9, epsilon: 1e-3 },
])('adam follows Keras with %o', async options => {
  const { learningRate, beta1, beta2, epsilon } = options
  const came = await runOptimizer(adam(options), start, gradients)
  const expected = byHand(learningRate, beta1, beta2, epsilon)
  for (const [step, row] of expected.entries())
    for (const [i, value] of row.entries()) {
      // The update's coefficients are float32, so the way gone may differ by their rounding.
      const gone = Math.abs(value - start[i]!)
      expect(Math.abs(came[step]![i]! - value)).toBeLessThanOrEqual(1e-6 * gone + 2 ** -24 * Math.abs(value))
    }
})

test('the first step has the length of the learning rate, whatever the gradient', async () => {
  const [first] = await runOptimizer(adam({ learningRate: 0.25 }), [0, 0], [[1000, -1]])
  expect(first![0]).toBeCloseTo(-0.25, 4)
  expect(first![1]).toBeCloseTo(0.25, 4)
})

test('the defaults are those of Keras', () => {
  expect(adam().config()).toEqual({ learningRate: 0.001, beta1: 0.9, beta2: 0.999, epsilon: 1e-7 })
})

test('refuses options that are out of range', () => {
  expect(() => adam({ learningRate: Number.NaN })).toThrow(
    'adam: learningRate must be a finite number above 0',
  )
  expect(() => adam({ beta1: 1 })).toThrow('adam: beta1 must be at least 0 and below 1, but 1 came.')
  expect(() => adam({ beta2: -1 })).toThrow('adam: beta2 must be at least 0 and below 1, but -1 came.')
  expect(() => adam({ epsilon: 0 })).toThrow('adam: epsilon must be a finite number above 0, but 0 came.')
})
