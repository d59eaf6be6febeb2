import { expect, test } from 'vitest'
import { runOptimizer } from './run.fixture.js'
import { sgd } from './sgd.js'

const start = [1, -2]
const gradients = [
  [0.5, 1],
  [-0.25, 2],
  [1, -3],
  [0.125, 0.75],
]
const rates = [0.25, 0.25, 0.0625, 0.5]

/** Keras' rule, written out. All numbers here are sums of few powers of two, so float32 holds them exactly. */
function byHand(momentum: number, nesterov: boolean): number[][] {
  const w = [...start]
  const v = [0, 0]
  return gradients.map((g, step) => {
    const lr = rates[step]!
    for (let i = 0; i < w.length; i++) {
      v[i] = momentum * v[i]! - lr * g[i]!
      w[i]! += nesterov ? momentum * v[i]! - lr * g[i]! : v[i]!
    }
    return [...w]
  })
}

test.each([
  { momentum: 0, nesterov: false },
  { momentum: 0.5, nesterov: false },
  { momentum: 0.75, nesterov: true },
  { momentum: 0, nesterov: true },
])('sgd follows Keras when the learning rate changes: $momentum, nesterov $nesterov', async options => {
  const optimizer = sgd({ learningRate: rates[0]!, ...options })
  const setRate = (step: number) => {
    optimizer.learningRate = rates[step]!
  }
  const came = await runOptimizer(optimizer, start, gradients, { beforeStep: setRate })
  expect(came).toEqual(byHand(options.momentum, options.nesterov))
})

test('the defaults are those of Keras', () => {
  expect(sgd().config()).toEqual({ learningRate: 0.01, momentum: 0, nesterov: false })
})

test('only momentum needs a slot', () => {
  const kernel = { name: 'conv2d/kernel', shape: [3, 3], trainable: true }
  expect(sgd({ momentum: 0.9 }).slots({ ...kernel, trainable: false })).toEqual([])
  expect(sgd().slots(kernel)).toEqual([])
  expect(sgd({ momentum: 0.9 }).slots(kernel)).toEqual([
    { name: 'sgd/velocity/conv2d/kernel', shape: [3, 3] },
  ])
})

test.each([Number.NaN, 0, -1, Number.POSITIVE_INFINITY])('refuses a learning rate of %s', learningRate => {
  expect(() => sgd({ learningRate })).toThrow(
    `sgd: learningRate must be a finite number above 0, but ${learningRate} came.\n  Try 0.01 for sgd or 0.001 for adam.`,
  )
})

test.each([-0.1, 1, Number.NaN])('refuses a momentum of %s', momentum => {
  expect(() => sgd({ momentum })).toThrow(
    `sgd: momentum must be at least 0 and below 1, but ${momentum} came.`,
  )
})
