import { expect, test } from 'vitest'
import { expectSteps, gradients, start } from './close-to.fixture.js'
import { type RmspropOptions, rmsprop } from './rmsprop.js'
import { runOptimizer } from './run.fixture.js'

/** Keras' rule in float64, number by number. */
function byHand({ learningRate, rho, momentum, epsilon, centered }: Required<Numbers>): number[][] {
  const after = start.map((first, i) => {
    let [w, v, mean, m] = [first, 0, 0, 0]
    return gradients.map(row => {
      const g = row[i]!
      v = rho * v + (1 - rho) * g * g
      mean = rho * mean + (1 - rho) * g
      m = momentum * m + (learningRate * g) / Math.sqrt(v - (centered ? mean * mean : 0) + epsilon)
      w -= m
      return w
    })
  })
  return gradients.map((_, step) => after.map(steps => steps[step]!))
}

type Numbers = Pick<RmspropOptions, 'rho' | 'momentum' | 'epsilon' | 'centered'> & { learningRate?: number }

test.each([
  { learningRate: 0.001, rho: 0.9, momentum: 0, epsilon: 1e-7, centered: false },
  { learningRate: 0.01, rho: 0.5, momentum: 0.75, epsilon: 1e-3, centered: false },
  { learningRate: 0.01, rho: 0.75, momentum: 0, epsilon: 1e-3, centered: true },
  { learningRate: 0.1, rho: 0.5, momentum: 0.5, epsilon: 1e-2, centered: true },
])('rmsprop follows Keras with %o', async options => {
  expectSteps(await runOptimizer(rmsprop(options), start, gradients), byHand(options), start)
})

test('it remembers what its options need', () => {
  const slots = (options: RmspropOptions) =>
    rmsprop(options)
      .slots({ name: 'w', shape: [3], trainable: true })
      .map(({ name }) => name)
  expect(slots({})).toEqual(['rmsprop/square/w'])
  expect(slots({ centered: true, momentum: 0.5 })).toEqual([
    'rmsprop/square/w',
    'rmsprop/mean/w',
    'rmsprop/velocity/w',
  ])
})

test('the defaults are those of Keras', () => {
  expect(rmsprop().config()).toEqual({
    learningRate: 0.001,
    rho: 0.9,
    momentum: 0,
    epsilon: 1e-7,
    centered: false,
  })
})

test('refuses options that are out of range', () => {
  expect(() => rmsprop({ rho: 1 })).toThrow('rmsprop: rho must be at least 0 and below 1, but 1 came.')
  expect(() => rmsprop({ momentum: -1 })).toThrow('rmsprop: momentum must be at least 0')
  expect(() => rmsprop({ epsilon: 0 })).toThrow(
    'rmsprop: epsilon must be a finite number above 0, but 0 came.',
  )
  expect(() => rmsprop({ centered: 'no' as unknown as boolean })).toThrow(
    'rmsprop: centered must be true or false, but "no" came.',
  )
})
