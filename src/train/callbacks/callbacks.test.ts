import { expect, test } from 'vitest'
import type { Checkpoint } from '../checkpoint.js'
import type { TrainEvent } from '../events.js'
import { historyOf } from '../history.js'
import { sgd } from '../optimizers/index.js'
import { renderEpoch } from '../progress/line.js'
import { linear } from '../schedules/index.js'
import { quiet, tinyData, tinyModel, weightsOf } from '../tiny.fixture.js'
import type { Callback } from './callback.js'
import { learningRateLogger, timeLimit } from './index.js'
import { epochEvent } from './scripted.fixture.js'

const { x, y } = tinyData(10)
const options = { ...quiet, batchSize: 4, epochs: 3 }
const scheduled = () => tinyModel({}, { optimizer: sgd({ learningRate: linear({ from: 0.9 }) }) })
const rounded = (values: readonly number[]) => values.map(value => Number(value.toFixed(9)))

test('with a schedule the history tells the rate of the last step of each epoch, and a resumed one goes on telling', async () => {
  const expected = await scheduled().fit(x, y, options)
  expect(rounded(expected.history.learning_rate!)).toEqual([0.7, 0.4, 0.1])
  let saved: Checkpoint | undefined
  const save = async (checkpoint: Checkpoint) => void (saved = checkpoint)
  const stopAfterOne: Callback = { onEpochEnd: (_, { stop }) => stop() }
  await scheduled().fit(x, y, { ...options, checkpoint: { save }, callbacks: [stopAfterOne] })
  const resumed = await scheduled().fit(x, y, { ...options, resume: saved! })
  expect(resumed.history).toEqual(expected.history)
})

test('without schedule and callback no log tells a rate', async () => {
  expect(Object.keys((await tinyModel().fit(x, y, options)).history)).toEqual(['loss', 'accuracy'])
})

test('the line of an epoch shows the rate as a person would write it', () => {
  const line = (rate: number) => renderEpoch(epochEvent(0, { loss: 1, learning_rate: rate }), 3)
  expect(line(0.00123456)).toMatch(/loss 1\.0000 · learning_rate 0\.001235$/)
  expect(line(0.1)).toMatch(/learning_rate 0\.1$/)
})

test('learningRateLogger collects the rate of every step, or of every so many', async () => {
  const heard: [number, number][] = []
  const all = learningRateLogger({ onRate: (rate, step) => void heard.push([step, rate]) })
  const some = learningRateLogger({ every: 4 })
  await scheduled().fit(x, y, { ...options, callbacks: [all, some] })
  expect(all.steps).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8])
  expect(rounded(all.rates)).toEqual([0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1])
  expect(some.steps).toEqual([0, 4, 8])
  expect(heard.map(([, rate]) => rate)).toEqual(all.rates)
})

test('timeLimit ends training after the step in which the time is over, and says so', async () => {
  let time = 0
  const clock: Callback = { onBatchEnd: () => void (time += 10) }
  const events: TrainEvent[] = []
  const history = await tinyModel().fit(x, y, {
    ...options,
    callbacks: [clock, timeLimit(45, { now: () => time })],
    onEvent: event => void events.push(event),
  })
  expect(time).toBe(50)
  expect(history.epoch).toEqual([0])
  expect(events.at(-1)).toMatchObject({ reason: 'stopped', message: 'timeLimit: 45 s have passed.' })
  expect(() => timeLimit(0)).toThrow('timeLimit: seconds must be a number above 0, but 0 came.')
})

test('states are kept by name, and a second callback of a name has its own', async () => {
  const counting = (name: string): Callback & { count: number } => ({
    name,
    count: 0,
    state() {
      return this.count
    },
    restore(state) {
      this.count = (state as number | null) ?? 0
    },
    onBatchEnd() {
      this.count++
    },
  })
  let saved: Checkpoint | undefined
  const save = async (checkpoint: Checkpoint) => void (saved = checkpoint)
  await tinyModel().fit(x, y, {
    ...options,
    epochs: 1,
    checkpoint: { save },
    callbacks: [counting('a'), counting('b'), counting('a')],
  })
  expect(saved!.state.callbacks).toEqual({ a: 3, b: 3, a_1: 3 })
  const [first, other] = [counting('a'), counting('c')]
  await tinyModel().fit(x, y, { ...options, resume: saved!, callbacks: [first, other] })
  expect([first.count, other.count]).toEqual([9, 6])
})

test('an error in a callback ends training; what was saved stays and the model can be used on', async () => {
  const model = tinyModel()
  const saved: number[] = []
  const save = async ({ state }: Checkpoint) => void saved.push(state.epoch)
  const broken = new Error('the disk is full')
  const failing = (at: 'onBatchEnd' | 'onEpochEnd'): Callback => ({
    [at]: ({ epoch }: { epoch: number }) => {
      if (epoch === 1) throw broken
    },
  })
  for (const at of ['onBatchEnd', 'onEpochEnd'] as const) {
    saved.length = 0
    await expect(
      model.fit(x, y, { ...options, checkpoint: { save }, callbacks: [failing(at)] }),
    ).rejects.toBe(broken)
    expect(saved).toEqual([1])
    expect(Object.values(weightsOf(model)).flat().every(Number.isFinite)).toBe(true)
  }
  expect((await model.fit(x, y, options)).epoch).toEqual([0, 1, 2])
})

test('a history folded from events knows the best epoch by the rule that training went by', () => {
  const begin = {
    type: 'begin',
    epochs: 3,
    stepsPerEpoch: 1,
    best: { monitor: 'val_accuracy', mode: 'max', minDelta: 0.1, startFromEpoch: 0 },
  }
  const epochs = [0.5, 0.55, 0.7].map((value, epoch) =>
    epochEvent(epoch, { val_loss: epoch, val_accuracy: value }),
  )
  expect(historyOf([begin as TrainEvent, ...epochs]).best).toEqual({
    epoch: 2,
    monitor: 'val_accuracy',
    value: 0.7,
  })
  expect(historyOf(epochs).best).toEqual({ epoch: 0, monitor: 'val_loss', value: 0 })
})
