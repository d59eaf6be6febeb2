import { expect, test } from 'vitest'
import { adam } from './adam.js'
import { expectSteps, gradients, start } from './close-to.fixture.js'
import { runOptimizer } from './run.fixture.js'

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
  expectSteps(came, byHand(learningRate, beta1, beta2, epsilon), start)
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
