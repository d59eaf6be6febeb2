import { expect, test } from 'vitest'
import type { Checkpoint } from '../checkpoint.js'
import { sgd } from '../optimizers/index.js'
import { quiet, tinyData, tinyModel, weightsOf } from '../tiny.fixture.js'
import type { Callback } from './callback.js'
import { earlyStopping } from './early-stopping.js'
import { watch } from './scripted.fixture.js'

// What Keras' EarlyStopping does with the same values, by its rule: wait + 1 each epoch, 0 after an improvement.
test.each([
  ['patience 0 ends at the first epoch without improvement', {}, [3, 2, 2.5, 1], 2],
  ['but never in the very first epoch', { baseline: 1 }, [3, 3, 3], 1],
  ['patience 2', { patience: 2 }, [3, 2, 2.5, 2.1, 1], 3],
  ['an improvement begins the wait anew', { patience: 2 }, [3, 4, 2, 4, 4, 4], 4],
  ['less than minDelta is none', { patience: 2, minDelta: 0.5 }, [3, 2.6, 2.55, 2.4], 2],
  ['slow progress adds up to minDelta', { patience: 3, minDelta: 0.5 }, [3, 2.8, 2.6, 2.4, 2.2, 2], null],
  ['mode max', { monitor: 'val_accuracy', patience: 1 }, [0.1, 0.3, 0.2], 2],
  ['a baseline that is never beaten', { patience: 3, baseline: 1 }, [3, 2.5, 2, 1.5, 1.6], 4],
  ['a baseline that is beaten', { patience: 2, baseline: 2 }, [3, 1.9, 1.95, 1.96], 3],
  ['startFromEpoch', { startFromEpoch: 3 }, [1, 2, 3, 4, 5], 4],
] as const)('%s', async (_, options, values, stoppedAt) => {
  const monitor = 'monitor' in options ? options.monitor : 'val_loss'
  expect((await watch(earlyStopping(options), values, { monitor })).stoppedAt).toBe(stoppedAt)
})

test('it says why', async () => {
  const { why } = await watch(earlyStopping({ patience: 2 }), [0.812345, 0.9, 1])
  expect(why).toBe('earlyStopping: val_loss has not got better than 0.8123 for 2 epochs.')
})

test('with its state it goes on counting where it was, and without it begins anew', async () => {
  const before = earlyStopping({ patience: 3 })
  await watch(before, [1, 2, 2])
  const state = JSON.parse(JSON.stringify(before.state!()))
  const after = earlyStopping({ patience: 3 })
  after.restore!(state)
  expect((await watch(after, [2, 2], { from: 3 })).stoppedAt).toBe(3)
  after.restore!(null)
  expect((await watch(after, [2, 2], { from: 3 })).stoppedAt).toBeNull()
})

test.each([
  [{ patience: -1 }, 'earlyStopping: patience must be a whole number of at least 0, but -1 came.'],
  [{ minDelta: Number.NaN }, 'earlyStopping: minDelta must be a number of at least 0, but NaN came.'],
  [{ mode: 'mix' as never }, 'Unknown mode of earlyStopping "mix".\n  Did you mean "min"?'],
  [
    { monitor: 'val_f1' },
    'earlyStopping: "val_f1" does not say whether it should fall or rise.\n  Set mode: "min" or mode: "max".',
  ],
  [{ patienc: 1 } as never, 'earlyStopping: unknown option "patienc".\n  Did you mean "patience"?'],
])('a mistake is named: %o', (options, message) => {
  expect(() => earlyStopping(options)).toThrow(message)
})

const { x, y } = tinyData(20)
const options = { ...quiet, batchSize: 4, epochs: 40, validationSplit: 0.25 }
/** So fast that the validation loss soon rises. */
const newModel = () => tinyModel({}, { optimizer: sgd({ learningRate: 1.5, momentum: 0.9 }) })

/** The weights after each epoch. */
const noteWeights = (epochs: Record<string, number[]>[]): Callback => ({
  onEpochEnd: (_, context) =>
    void epochs.push(Object.fromEntries([...context.weights()].map(([name, { data }]) => [name, [...data]]))),
})

test('training ends, and the weights are those of the best epoch to the bit', async () => {
  const model = newModel()
  const epochs: Record<string, number[]>[] = []
  const history = await model.fit(x, y, {
    ...options,
    callbacks: [earlyStopping({ patience: 3 }), noteWeights(epochs)],
  })
  const losses = history.history.val_loss!
  const lowest = losses.indexOf(Math.min(...losses))
  expect(history.stopped).toBe(true)
  expect(losses.length).toBe(lowest + 4)
  expect(history.best).toMatchObject({ epoch: lowest, monitor: 'val_loss' })
  expect(weightsOf(model)).toEqual(epochs[lowest])
  expect(weightsOf(model)).not.toEqual(epochs.at(-1))
})

test('the best weights also come back where training came to its planned end, by another log', async () => {
  const model = newModel()
  const epochs: Record<string, number[]>[] = []
  const stop = earlyStopping({ monitor: 'loss', mode: 'max', patience: 99, startFromEpoch: 1 })
  const history = await model.fit(x, y, { ...options, epochs: 6, callbacks: [stop, noteWeights(epochs)] })
  const losses = history.history.loss!.slice(1)
  const highest = losses.indexOf(Math.max(...losses)) + 1
  expect(history.stopped).toBe(false)
  expect(history.best).toEqual({ epoch: highest, monitor: 'loss', value: losses[highest - 1] })
  expect(weightsOf(model)).toEqual(epochs[highest])
})

test('without restoreBestWeights the last weights stay', async () => {
  const model = newModel()
  const epochs: Record<string, number[]>[] = []
  const stop = earlyStopping({ patience: 2, restoreBestWeights: false })
  await model.fit(x, y, { ...options, callbacks: [stop, noteWeights(epochs)] })
  expect(weightsOf(model)).toEqual(epochs.at(-1))
})

test('interrupted at any epoch and resumed, it stops at the same epoch with the same best weights', async () => {
  const callbacks = () => [earlyStopping({ patience: 3 })]
  const whole = newModel()
  const expected = await whole.fit(x, y, { ...options, callbacks: callbacks() })
  for (let epoch = 1; epoch < expected.epoch.length; epoch++) {
    let saved: Checkpoint | undefined
    const save = async (checkpoint: Checkpoint) => void (saved = checkpoint)
    const abort: Callback = {
      onEpochEnd: (event, { stop }) => (event.epoch === epoch - 1 ? stop() : undefined),
    }
    await newModel().fit(x, y, { ...options, callbacks: [...callbacks(), abort], checkpoint: { save } })
    const resume = { ...saved!, state: JSON.parse(JSON.stringify(saved!.state)) }
    const model = newModel()
    const history = await model.fit(x, y, { ...options, callbacks: callbacks(), resume })
    expect(history.history).toEqual(expected.history)
    expect(history.best).toEqual(expected.best)
    expect(weightsOf(model)).toEqual(weightsOf(whole))
  }
})

test('a log that will not be there is refused before the first step', async () => {
  const model = newModel()
  const before = weightsOf(model)
  const fit = (callback: Callback, more: object = {}) =>
    model.fit(x, y, { ...options, ...more, callbacks: [callback] })
  await expect(fit(earlyStopping(), { validationSplit: 0 })).rejects.toThrow(
    'earlyStopping: this training has no log "val_loss". Known: loss, accuracy.\n  Set validationSplit or validationData, or monitor: "loss".',
  )
  await expect(fit(earlyStopping({ monitor: 'val_top_5' }))).rejects.toThrow(
    'no log "val_top_5". Known: loss, accuracy, val_loss, val_accuracy.\n  Set monitor to one of them.',
  )
  expect(weightsOf(model)).toEqual(before)
})

test('two callbacks cannot both say which epoch is the best', async () => {
  const callbacks = [earlyStopping(), earlyStopping({ monitor: 'val_accuracy' })]
  await expect(newModel().fit(x, y, { ...options, callbacks })).rejects.toThrow(
    'fit: earlyStopping and earlyStopping each say which epoch is the best.\n  Give one of them restoreBestWeights: false.',
  )
})

test('options that are no object are refused', () => {
  expect(() => earlyStopping(3 as never)).toThrow('earlyStopping: the options must be an object, but 3 came.')
  expect(() => earlyStopping(null as never)).toThrow('the options must be an object, but null came.')
})

test('a monitor that is nearly a log is offered that log', () => {
  const advice = 'For a log of another name set mode: "min" or mode: "max".'
  expect(() => earlyStopping({ monitor: 'val_acc' })).toThrow(`Did you mean "val_accuracy"? ${advice}`)
  expect(() => earlyStopping({ monitor: 'valLoss' })).toThrow(`Did you mean "val_loss"? ${advice}`)
  expect(() => earlyStopping({ monitor: 'sharpness' })).toThrow('fall or rise.\n  Set mode: "min"')
  expect(() => earlyStopping({ monitor: null as never })).toThrow(
    'earlyStopping: monitor must be the name of a log, but null came.\n  For example "val_loss".',
  )
})
