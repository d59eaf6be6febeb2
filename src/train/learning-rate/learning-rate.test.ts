import { expect, test } from 'vitest'
import { Tensor } from '../../base/tensor.js'
import { shapes } from '../../data/sets/shapes.js'
import { dense } from '../../nn/layers/index.js'
import { modelFromName } from '../../nn/models.js'
import { sgd } from '../optimizers/index.js'
import type { LearningRate } from '../optimizers/options.js'
import { linear } from '../schedules/index.js'
import { Sequential } from '../sequential.js'
import { quiet, tinyData, tinyModel, weightsOf } from '../tiny.fixture.js'
import { suggest } from './suggest.js'
import { ratesBetween } from './sweep.js'

test('rates grow by one factor, from the first to the last', () => {
  const rates = ratesBetween(1e-4, 1, 5)
  expect(rates.map(rate => Number(rate.toPrecision(9)))).toEqual([1e-4, 1e-3, 1e-2, 1e-1, 1])
})

/** y = 3x, with noise, by one weight: loss (w - 3)² · mean x² + noise, so descent goes wrong beyond the rate 1 / mean x². */
function parabola() {
  const model = new Sequential(
    [dense({ units: 1, useBias: false, kernelInitializer: 'zeros', inputShape: [1] })],
    { seed: 1 },
  )
  model.compile({ optimizer: sgd(), loss: 'meanSquaredError' })
  const values = Float32Array.from({ length: 64 }, (_, i) => (i % 2 ? 2 : -2))
  return {
    model,
    x: new Tensor(values, [64, 1]),
    y: new Tensor(
      values.map((value, i) => 3 * value + ((i % 3) - 1)),
      [64, 1],
    ),
  }
}

test('on a parabola the loss falls fastest below 1 / curvature and goes wrong above it', async () => {
  const { model, x, y } = parabola()
  const found = await model.findLearningRate(x, y, { from: 1e-4, to: 100, steps: 120, batchSize: 16 })
  const limit = 1 / 4 // of the mean of x²
  expect(found.divergedAt).toBeGreaterThan(limit)
  expect(found.divergedAt).toBeLessThan(8 * limit)
  expect(found.minimum).toBeLessThan(2 * limit)
  expect(found.suggestion).toBe(Number((found.minimum! / Math.sqrt(10)).toPrecision(2)))
  expect(found.steepest).toBeLessThan(found.minimum!)
  expect(found.rates.length).toBe(found.losses.length)
  expect(found.rates.at(-1)).toBeLessThan(found.divergedAt! * 1.2)
})

test('a loss that never falls suggests nothing', () => {
  const rates = ratesBetween(1e-3, 1, 30)
  const flat = rates.map((_, i) => 2.3 + 0.001 * i)
  expect(suggest({ rates, losses: flat, smoothed: flat, divergedAt: null })).toEqual({
    steepest: null,
    minimum: null,
    suggestion: null,
  })
})

test('weights, optimizer and what comes after are as if nothing had happened', async () => {
  const { x, y } = tinyData(30)
  const [swept, plain] = [tinyModel({ rate: 0.2 }), tinyModel({ rate: 0.2 })]
  const before = weightsOf(swept)
  const rate = swept.optimizer!.learningRate
  await swept.findLearningRate(x, y, { steps: 12, batchSize: 8 })
  expect(weightsOf(swept)).toEqual(before)
  expect(swept.optimizer!.learningRate).toBe(rate)
  for (const model of [swept, plain]) await model.fit(x, y, { ...quiet, epochs: 2 })
  expect(weightsOf(swept)).toEqual(weightsOf(plain))
})

test('a schedule that is longer than the search is left aside', async () => {
  const { x, y } = tinyData(30)
  const losses = async (learningRate: LearningRate) => {
    const model = tinyModel({}, { optimizer: sgd({ learningRate }) })
    return (await model.findLearningRate(x, y, { steps: 12, batchSize: 8 })).losses
  }
  expect(await losses(linear({ from: 1, over: { epochs: 3 } }))).toEqual(await losses(1))
})

test('the curve does not depend on the number of threads', async () => {
  const { train } = shapes({ train: 64, test: 1 })
  const curves: (readonly number[])[] = []
  for (const threads of [1, 2]) {
    const model = new Sequential(modelFromName('small').layers([32, 32, 3], 10), { seed: 1 })
    model.compile({ optimizer: sgd({ momentum: 0.9 }), loss: 'categoricalCrossentropy' })
    const { losses } = await model.findLearningRate(train.x, train.y, { steps: 10, batchSize: 16, threads })
    curves.push(losses)
  }
  expect(curves[1]).toEqual(curves[0])
})

test('an abort signal ends it, and impossible ranges are refused', async () => {
  const { x, y } = tinyData(30)
  const model = tinyModel()
  const stop = new AbortController()
  const onStep = ({ step }: { readonly step: number }) => step === 3 && stop.abort()
  await expect(
    model.findLearningRate(x, y, { steps: 50, batchSize: 8, signal: stop.signal, onStep }),
  ).rejects.toThrow('This operation was aborted')
  await expect(model.findLearningRate(x, y, { from: 1, to: 0.1 })).rejects.toThrow(
    'findLearningRate: from must be above 0 and to above it, but 1 and 0.1 came.',
  )
  await expect(model.findLearningRate(x, y, { steps: 1 })).rejects.toThrow(
    'steps must be a whole number of at least 10',
  )
  await expect(model.findLearningRate(x, y, { step: 5 } as never)).rejects.toThrow('unknown option "step"')
})

test('numbers in quotes are refused', async () => {
  const { model, x, y } = parabola()
  await expect(model.findLearningRate(x, y, { from: '1e-4' as never, to: 1 })).rejects.toThrow(
    'findLearningRate: from must be above 0 and to above it, but "1e-4" and 1 came.',
  )
})
