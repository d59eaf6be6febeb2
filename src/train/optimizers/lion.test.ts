import { expect, test } from 'vitest'
import { expectSteps, gradients, start } from './close-to.fixture.js'
import { lion } from './lion.js'
import { runOptimizer } from './run.fixture.js'

/** The rule of Chen et al. 2023 in float64, number by number. */
function byHand(learningRate: number, beta1: number, beta2: number): number[][] {
  const after = start.map((first, i) => {
    let [w, m] = [first, 0]
    return gradients.map(row => {
      const direction = beta1 * m + (1 - beta1) * row[i]!
      if (direction > 0) w -= learningRate
      else if (direction < 0) w += learningRate
      m = beta2 * m + (1 - beta2) * row[i]!
      return w
    })
  })
  return gradients.map((_, step) => after.map(steps => steps[step]!))
}

test.each([
  [0.001, 0.9, 0.99],
  [0.1, 0.5, 0.75],
  [0.25, 0, 0.5],
])('lion follows the paper with rate %d, beta1 %d, beta2 %d', async (learningRate, beta1, beta2) => {
  const came = await runOptimizer(lion({ learningRate, beta1, beta2 }), start, gradients)
  expectSteps(came, byHand(learningRate, beta1, beta2), start)
})

test('a weight without a gradient stays, and the defaults are those of Keras', async () => {
  expect(await runOptimizer(lion(), [0.5], [[0], [0]])).toEqual([[0.5], [0.5]])
  expect(lion().config()).toEqual({ learningRate: 0.001, beta1: 0.9, beta2: 0.99 })
})

test('refuses options that are out of range', () => {
  expect(() => lion({ beta1: 1 })).toThrow('lion: beta1 must be at least 0 and below 1, but 1 came.')
  expect(() => lion({ beta2: Number.NaN })).toThrow('lion: beta2 must be at least 0 and below 1')
})
