import { expect, test } from 'vitest'
import type { Checkpoint } from '../checkpoint.js'
import { adam, muon, type Optimizer, optimizerFromName, sgd } from '../optimizers/index.js'
import { quiet, tinyData, tinyModel, weightsOf } from '../tiny.fixture.js'
import { constant, cosine, linear, scheduleFromConfig } from './index.js'

const { x, y } = tinyData(10)
const options = { ...quiet, epochs: 2, batchSize: 4 }

/** The rate of every step. */
async function ratesOfFit(model = tinyModel(), more: object = {}): Promise<number[]> {
  const rates: number[] = []
  const note = {
    onBatchEnd: (_: unknown, { optimizer }: { optimizer: { learningRate: number } }) =>
      void rates.push(optimizer.learningRate),
  }
  await model.fit(x, y, { ...options, callbacks: [note], ...more })
  return rates
}

test('a schedule sets the rate of every step, from its name in JSON too', async () => {
  const learningRate = { name: 'linear', from: 0.6, to: 0 }
  const rates = await ratesOfFit(tinyModel({}, { optimizer: sgd({ learningRate }) }))
  expect(rates.map(rate => Number(rate.toFixed(9)))).toEqual([0.6, 0.5, 0.4, 0.3, 0.2, 0.1])
})

test('an optimizer with a schedule comes back from its config', () => {
  const optimizer = adam({ learningRate: cosine({ from: 0.01, warmUp: { steps: 2 } }) })
  const { learningRate } = optimizer.config()
  expect(learningRate).toEqual({ name: 'cosine', from: 0.01, to: 0, over: 1, warmUp: { steps: 2, from: 0 } })
  const again = optimizerFromName('adam', JSON.parse(JSON.stringify(optimizer.config())))
  expect(again.config()).toEqual(optimizer.config())
  expect(() => sgd({ learningRate: { name: 'cosin', from: 1 } })).toThrow('Did you mean "cosine"?')
  expect(() => sgd({ learningRate: 'cosine' as never })).toThrow(
    'sgd: learningRate must be a finite number above 0, but "cosine" came.',
  )
})

test('training with a schedule has the same bits after any interruption', async () => {
  const optimizer = () => sgd({ learningRate: cosine({ from: 0.5, warmUp: { steps: 2 } }), momentum: 0.9 })
  const whole = tinyModel({}, { optimizer: optimizer() })
  await whole.fit(x, y, options)
  for (let after = 1; after < 6; after++) {
    let saved: Checkpoint | undefined
    let done = 0
    const stop = { onBatchEnd: (_: unknown, { stop }: { stop(): void }) => void (++done === after && stop()) }
    const save = async (checkpoint: Checkpoint) => void (saved = checkpoint)
    await tinyModel({}, { optimizer: optimizer() }).fit(x, y, {
      ...options,
      callbacks: [stop],
      checkpoint: { save },
    })
    const resumed = tinyModel({ seed: 9 }, { optimizer: optimizer() })
    await resumed.fit(x, y, { ...options, resume: saved! })
    expect(weightsOf(resumed)).toEqual(weightsOf(whole))
  }
})

test('a constant schedule has the bits of the number', async () => {
  const bits = async (learningRate: number | ReturnType<typeof constant>) => {
    const model = tinyModel({}, { optimizer: sgd({ learningRate, momentum: 0.5 }) })
    await model.fit(x, y, options)
    return weightsOf(model)
  }
  expect(await bits(constant({ rate: 0.3 }))).toEqual(await bits(0.3))
})

const tooLong = () => sgd({ learningRate: linear({ from: 1, over: { epochs: 3 } }) })
const refused: Record<string, () => Optimizer> = {
  'a schedule': tooLong,
  'one whose weights are averaged': () => sgd({ ...tooLong().config(), useEma: true }),
  "that of muon's others": () => muon({ weights: 'dense/kernel', others: tooLong() }),
  "that of muon's others, averaged": () =>
    muon({ weights: 'dense/kernel', others: tooLong(), lookahead: true }),
}

test.each(
  Object.keys(refused),
)('%s that is longer than the training is refused before the first step', async name => {
  const model = tinyModel({}, { optimizer: refused[name]!() })
  const before = weightsOf(model)
  await expect(model.fit(x, y, options)).rejects.toThrow(
    'linear: over is 3 epochs, but the training has only 2 epochs.',
  )
  expect(weightsOf(model)).toEqual(before)
})

test.each([
  [3, 'cosine: the warm-up takes 3 epochs, but the training has only 2 epochs.'],
  [2, 'cosine: the warm-up takes 2 epochs, which leaves nothing for the schedule.\n  Train for longer, or'],
])('a warm-up of %i epochs is refused before the first of two', async (epochs, message) => {
  const learningRate = cosine({ from: 0.01, warmUp: { epochs } })
  const model = tinyModel({}, { optimizer: adam({ learningRate }) })
  const before = weightsOf(model)
  await expect(model.fit(x, y, options)).rejects.toThrow(message)
  expect(weightsOf(model)).toEqual(before)
})

test('a rate set by hand while a schedule sets it is an error; without one it is allowed', async () => {
  const meddle = {
    onBatchEnd: (_: unknown, { optimizer }: { optimizer: { learningRate: number } }) =>
      void (optimizer.learningRate = 0.05),
  }
  const scheduled = tinyModel(
    {},
    { optimizer: sgd({ learningRate: scheduleFromConfig({ name: 'constant', rate: 0.1 }) }) },
  )
  await expect(scheduled.fit(x, y, { ...options, callbacks: [meddle] })).rejects.toThrow(
    'sgd: its learning rate was set to 0.05, but it follows the schedule "constant", which had set 0.1.\n  Leave the change to the schedule, or compile with a number as learningRate.',
  )
  const free = tinyModel({}, { optimizer: sgd({ learningRate: 0.1 }) })
  await free.fit(x, y, { ...options, callbacks: [meddle] })
  expect(free.optimizer!.learningRate).toBe(0.05)
})
