import { expect, test } from 'vitest'
import type { Checkpoint } from '../checkpoint.js'
import { sgd } from '../optimizers/index.js'
import { cosine } from '../schedules/index.js'
import { quiet, tinyData, tinyModel, weightsOf } from '../tiny.fixture.js'
import type { Callback } from './callback.js'
import { reduceLearningRateOnPlateau } from './reduce-learning-rate-on-plateau.js'
import { watch } from './scripted.fixture.js'

// By the rule of Keras' ReduceLROnPlateau, epoch by epoch.
test.each([
  ['falls after its patience', { patience: 2, factor: 0.5 }, [1, 1, 1, 1, 1], [1, 1, 0.5, 0.5, 0.25]],
  ['an improvement begins anew', { patience: 2, factor: 0.5 }, [1, 1, 0.5, 0.5, 0.5], [1, 1, 1, 1, 0.5]],
  ['1e-4 is no improvement', { patience: 1, factor: 0.5 }, [1, 0.99995, 0.9], [1, 0.5, 0.5]],
  [
    'counts nothing while it cools',
    { patience: 1, factor: 0.5, cooldown: 2 },
    [1, 1, 1, 1, 1],
    [1, 0.5, 0.5, 0.25, 0.25],
  ],
  ['not below the lowest rate', { patience: 1, minLearningRate: 0.05 }, [1, 1, 1, 1], [1, 0.1, 0.05, 0.05]],
  ['patience 0', { patience: 0, factor: 0.5 }, [1, 1, 1], [1, 0.5, 0.25]],
] as const)('%s', async (_, options, values, rates) => {
  expect((await watch(reduceLearningRateOnPlateau(options), values)).rates).toEqual(rates)
})

test.each([
  [{ factor: 1 }, 'reduceLearningRateOnPlateau: factor must be above 0 and below 1, but 1 came.'],
  [
    { cooldown: 0.5 },
    'reduceLearningRateOnPlateau: cooldown must be a whole number of at least 0, but 0.5 came.',
  ],
  [{ minLr: 1 } as never, 'reduceLearningRateOnPlateau: unknown option "minLr".'],
])('a mistake is named: %o', (options, message) => {
  expect(() => reduceLearningRateOnPlateau(options)).toThrow(message)
})

const { x, y } = tinyData(20)
const options = { ...quiet, batchSize: 4, epochs: 12, validationSplit: 0.25 }
const newModel = () => tinyModel({}, { optimizer: sgd({ learningRate: 1.5, momentum: 0.9 }) })
const plateau = () => reduceLearningRateOnPlateau({ patience: 2, factor: 0.5, cooldown: 1 })

test('the history tells the rate of every epoch, also where nothing has been reduced yet', async () => {
  const history = await newModel().fit(x, y, { ...options, callbacks: [plateau()] })
  const rates = history.history.learning_rate!
  expect(Object.keys(history.history).at(-1)).toBe('learning_rate')
  expect(rates).toHaveLength(12)
  expect(rates[0]).toBe(1.5)
  expect(rates.at(-1)).toBeLessThan(1.5)
})

test('interrupted at any epoch and resumed, rates and weights are the same', async () => {
  const whole = newModel()
  const expected = await whole.fit(x, y, { ...options, callbacks: [plateau()] })
  for (let epoch = 1; epoch < options.epochs; epoch++) {
    let saved: Checkpoint | undefined
    const save = async (checkpoint: Checkpoint) => void (saved = checkpoint)
    const abort: Callback = {
      onEpochEnd: (event, { stop }) => (event.epoch === epoch - 1 ? stop() : undefined),
    }
    await newModel().fit(x, y, { ...options, callbacks: [plateau(), abort], checkpoint: { save } })
    const resume = { ...saved!, state: JSON.parse(JSON.stringify(saved!.state)) }
    const model = newModel()
    const history = await model.fit(x, y, { ...options, callbacks: [plateau()], resume })
    expect(history.history).toEqual(expected.history)
    expect(weightsOf(model)).toEqual(weightsOf(whole))
  }
})

test('beside a schedule it is refused before the first step', async () => {
  const model = tinyModel({}, { optimizer: sgd({ learningRate: cosine({ from: 1 }) }) })
  await expect(model.fit(x, y, { ...options, callbacks: [plateau()] })).rejects.toThrow(
    'fit: reduceLearningRateOnPlateau changes the learning rate, but sgd follows the schedule "cosine".\n  Leave one of them out: compile with a number as learningRate, or train without the callback.',
  )
})
