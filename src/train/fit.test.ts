import { expect, test, vi } from 'vitest'
import { Random } from '../base/random.js'
import { Tensor } from '../base/tensor.js'
import { dense } from '../nn/layers/index.js'
import { earlyStopping } from './callbacks/early-stopping.js'
import type { Checkpoint } from './checkpoint.js'
import type { EpochEvent, StepEvent, TrainEvent } from './events.js'
import { adam, sgd } from './optimizers/index.js'
import { Sequential } from './sequential.js'
import { float32Reference, quiet, tinyData, tinyModel, weightsOf } from './tiny.fixture.js'

const { x, y } = tinyData()

const eventsOf = async (options: object, model = tinyModel()): Promise<TrainEvent[]> => {
  const events: TrainEvent[] = []
  await model.fit(x, y, { ...quiet, ...options, onEvent: event => void events.push(event) })
  return events
}
const ofType = <T extends TrainEvent['type']>(events: readonly TrainEvent[], type: T) =>
  events.filter((event): event is Extract<TrainEvent, { type: T }> => event.type === type)

test('history has the keys of Keras, a value an epoch, and what was asked for', async () => {
  const history = await tinyModel().fit(x, y, { ...quiet, epochs: 3, batchSize: 4, validationSplit: 0.2 })
  expect(Object.keys(history.history)).toEqual(['loss', 'accuracy', 'val_loss', 'val_accuracy'])
  expect(history.epoch).toEqual([0, 1, 2])
  expect(history.history.loss).toHaveLength(3)
  expect(history.params).toEqual({ epochs: 3, steps: 2 })
  expect(history.stopped).toBe(false)
})

test('events come in their order, and the begin event says what is about to happen', async () => {
  const events = await eventsOf({ epochs: 2, batchSize: 4, validationSplit: 0.2, seed: 5 })
  expect(events.map(event => event.type)).toEqual([
    'begin',
    ...['step', 'step', 'epoch'],
    ...['step', 'step', 'epoch'],
    'end',
  ])
  expect(events[0]).toMatchObject({
    epochs: 2,
    initialEpoch: 0,
    stepsPerEpoch: 2,
    batchSize: 4,
    trainRows: 8,
    validationRows: 2,
    threads: 1,
    device: 'float64 reference, 1 thread',
    seed: 5,
  })
  expect(events.at(-1)).toMatchObject({ reason: 'done', epochs: 2 })
})

test('a model without a seed draws one, and fit reports it', async () => {
  const drawn = () => {
    const model = new Sequential([dense({ units: 3, activation: 'softmax', inputShape: [4] })])
    model.compile({ loss: 'categoricalCrossentropy' })
    return model
  }
  const [model, other] = [drawn(), drawn()]
  expect(other.seed).not.toBe(model.seed)
  let seed = -1
  const note = (event: TrainEvent) => void (seed = event.type === 'begin' ? event.seed : seed)
  const flat = new Tensor(x.data, [10, 4])
  await model.fit(flat, y, { ...quiet, onEvent: note })
  expect(seed).toBe(model.seed)
  await model.fit(flat, y, { ...quiet, onEvent: note, seed: 12 })
  expect(seed).toBe(12)
})

test('the last batch takes what is left, and means count rows, not batches', async () => {
  const model = tinyModel()
  const logs = ofType(await eventsOf({ batchSize: 4, shuffle: false }, model), 'step').map(step => step.logs)
  expect(logs).toHaveLength(3)
  const alone = tinyModel()
  const means: number[] = []
  for (const [from, to] of [
    [0, 4],
    [4, 8],
    [8, 10],
  ]) {
    const part = await alone.fit(x.slice(from!, to), y.slice(from!, to), { ...quiet, shuffle: false })
    means.push(part.history.loss![0]! * (to! - from!))
  }
  expect(logs[2]!.loss).toBeCloseTo((means[0]! + means[1]! + means[2]!) / 10, 12)
  expect(weightsOf(model)).toEqual(weightsOf(alone))
})

test('validation takes the last rows as given, and no order of training changes it', async () => {
  const split = tinyModel()
  const given = tinyModel()
  const options = { ...quiet, epochs: 2, batchSize: 3 }
  const a = await split.fit(x, y, { ...options, validationSplit: 0.3 })
  const b = await given.fit(x.slice(0, 7), y.slice(0, 7), {
    ...options,
    validationData: [x.slice(7), y.slice(7)],
  })
  expect(a.history).toEqual(b.history)
  expect(weightsOf(split)).toEqual(weightsOf(given))
  const [loss, accuracy] = await given.evaluate(x.slice(7), y.slice(7))
  expect([b.history.val_loss!.at(-1), b.history.val_accuracy!.at(-1)]).toEqual([loss, accuracy])
})

test('validation classes that training never sees are told', async () => {
  const notice = vi.fn()
  const sorted = new Tensor(Uint8Array.of(0, 0, 0, 0, 1, 1, 1, 1, 2, 2), [10])
  await tinyModel().fit(x, sorted, { ...quiet, notice, validationSplit: 0.2 })
  expect(notice).toHaveBeenCalledOnce()
  expect(notice.mock.calls[0]![0]).toMatch(/holds other classes than the rest/)
})

test('every epoch has its own order, which follows from the seed alone', async () => {
  const rowsOf = async (shuffle: boolean) => {
    const losses = ofType(await eventsOf({ epochs: 2, batchSize: 1, shuffle }, frozen()), 'step')
    return losses.map(step => step.logs.loss! * step.step)
  }
  const frozen = () => tinyModel({}, { optimizer: sgd({ learningRate: 1e-30 }) })
  const plain = await rowsOf(false)
  const shuffled = await rowsOf(true)
  const lossOf = (sums: number[], epoch: number) =>
    sums.slice(epoch * 10, (epoch + 1) * 10).map((sum, i, all) => sum - (all[i - 1] ?? 0))
  const rowLoss = lossOf(plain, 0)
  for (const epoch of [0, 1]) {
    const order = new Random(1, 'shuffle', epoch).permutation(10)
    lossOf(shuffled, epoch).forEach((loss, i) => {
      expect(loss).toBeCloseTo(rowLoss[order[i]!]!, 10)
    })
  }
})

test('fit twice goes on: two times one epoch are two epochs, with momentum and with adam', async () => {
  for (const optimizer of [
    () => sgd({ learningRate: 0.1, momentum: 0.9 }),
    () => adam({ learningRate: 0.01 }),
  ]) {
    const once = tinyModel({ rate: 0.3 }, { optimizer: optimizer() })
    const twice = tinyModel({ rate: 0.3 }, { optimizer: optimizer() })
    await once.fit(x, y, { ...quiet, epochs: 2, batchSize: 4 })
    await twice.fit(x, y, { ...quiet, batchSize: 4 })
    await twice.fit(x, y, { ...quiet, batchSize: 4 })
    expect(weightsOf(twice)).toEqual(weightsOf(once))
  }
})

test('compiling again begins with a fresh optimizer and keeps the weights', async () => {
  const options = { ...quiet, batchSize: 4 }
  const compile = {
    optimizer: sgd({ learningRate: 0.1, momentum: 0.9 }),
    loss: 'categoricalCrossentropy',
  } as const
  const again = tinyModel({}, compile)
  await again.fit(x, y, options)
  const between = again.getWeights()
  again.compile(compile)
  expect(again.getWeights()).toEqual(between)
  await again.fit(x, y, options)
  const fresh = tinyModel({}, compile)
  fresh.setWeights(between)
  await fresh.fit(x, y, options)
  expect(weightsOf(again)).toEqual(weightsOf(fresh))
})

test('callbacks are called at the joints, awaited, and see the events', async () => {
  const calls: string[] = []
  const note = (text: string) => async () => {
    await Promise.resolve()
    calls.push(text)
  }
  await tinyModel().fit(x, y, {
    ...quiet,
    epochs: 2,
    batchSize: 5,
    callbacks: [
      {
        onTrainBegin: note('begin'),
        onEpochBegin: epoch => void calls.push(`epoch ${epoch}`),
        onBatchEnd: ({ step }: StepEvent) => void calls.push(`step ${step}`),
        onEpochEnd: ({ epoch }: EpochEvent) => void calls.push(`end of ${epoch}`),
        onTrainEnd: note('end'),
      },
    ],
  })
  expect(calls).toEqual([
    'begin',
    ...['epoch 0', 'step 1', 'step 2', 'end of 0'],
    ...['epoch 1', 'step 1', 'step 2', 'end of 1'],
    'end',
  ])
})

test('a callback can stop training and change the learning rate', async () => {
  const model = tinyModel({}, { optimizer: sgd({ learningRate: 0.5 }) })
  const history = await model.fit(x, y, {
    ...quiet,
    epochs: 5,
    callbacks: [
      {
        onEpochEnd: ({ epoch }, { stop, optimizer }) => {
          optimizer.learningRate /= 2
          if (epoch === 1) stop()
        },
      },
    ],
  })
  expect(history.epoch).toEqual([0, 1])
  expect(history.stopped).toBe(true)
  expect(model.optimizer!.learningRate).toBe(0.125)
})

test('a signal ends training after the step under way, with a checkpoint', async () => {
  const control = new AbortController()
  const saved: Checkpoint[] = []
  const events: TrainEvent[] = []
  const history = await tinyModel().fit(x, y, {
    ...quiet,
    epochs: 5,
    batchSize: 4,
    signal: control.signal,
    checkpoint: { save: async checkpoint => void saved.push(checkpoint) },
    onEvent: event => {
      events.push(event)
      if (event.type === 'step' && event.epoch === 1 && event.step === 2) control.abort()
    },
  })
  expect(history.stopped).toBe(true)
  expect(history.epoch).toEqual([0])
  expect(saved.map(({ state }) => [state.epoch, state.step])).toEqual([
    [1, 0],
    [1, 2],
  ])
  expect(events.slice(-2)).toMatchObject([
    { type: 'checkpoint', epoch: 1, step: 2 },
    { type: 'end', reason: 'stopped', epochs: 1 },
  ])
})

test('a signal that came before training ends it before the first step', async () => {
  const model = tinyModel()
  const before = weightsOf(model)
  const history = await model.fit(x, y, { ...quiet, signal: AbortSignal.abort() })
  expect(history.epoch).toEqual([])
  expect(history.stopped).toBe(true)
  expect(weightsOf(model)).toEqual(before)
})

test('a checkpoint every so often and at every end of an epoch; which is best is said', async () => {
  const saved: [place: string, best: boolean][] = []
  const { history } = await tinyModel({}, { optimizer: sgd({ learningRate: 0.5 }) }).fit(x, y, {
    ...quiet,
    epochs: 3,
    batchSize: 4,
    checkpoint: {
      everySeconds: 1e-9,
      save: async ({ state }, { best }) => void saved.push([`${state.epoch}/${state.step}`, best]),
    },
  })
  const [first, second, third] = history.loss as [number, number, number]
  expect([second < first, third < Math.min(first, second)]).toContain(false)
  expect(saved).toEqual([
    ...[
      ['0/1', false],
      ['0/2', false],
      ['1/0', true],
    ],
    ...[
      ['1/1', false],
      ['1/2', false],
      ['2/0', second < first],
    ],
    ...[
      ['2/1', false],
      ['2/2', false],
      ['3/0', third < Math.min(first, second)],
    ],
  ])
})

test('a checkpoint that cannot be saved ends training with the reason', async () => {
  const save = async () => Promise.reject(new Error('the disk is full'))
  await expect(tinyModel().fit(x, y, { ...quiet, checkpoint: { save } })).rejects.toThrow('the disk is full')
})

test('the weights of the best epoch can be had back, the last stay until then', async () => {
  const model = tinyModel({}, { optimizer: sgd({ learningRate: 3 }) })
  const seen: ReturnType<typeof weightsOf>[] = []
  const callbacks = [{ onEpochEnd: () => void seen.push(weightsOf(model)) }]
  const history = await model.fit(x, y, { ...quiet, epochs: 8, batchSize: 2, callbacks })
  const best = history.history.loss!.indexOf(Math.min(...history.history.loss!))
  expect(history.best).toEqual({ epoch: best, monitor: 'loss', value: history.history.loss![best] })
  expect(weightsOf(model)).toEqual(seen.at(-1))
  model.restoreBest()
  expect(weightsOf(model)).toEqual(seen[best])
})

test('one step by hand: mean over the rows of the batch, penalty added, partial batch last', async () => {
  const [lr, l2] = [0.25, 0.125]
  const kernelRegularizer = { l2 }
  const model = new Sequential([dense({ units: 1, useBias: false, inputShape: [1], kernelRegularizer })])
  model.setWeights(new Map([['dense/kernel', new Tensor(Float32Array.of(0.5), [1, 1])]]))
  model.compile({
    optimizer: sgd({ learningRate: lr }),
    loss: 'meanSquaredError',
    backend: float32Reference,
  })
  const inputs = [1, 2, -1]
  const targets = [1, 0, 2]
  const column = (values: number[]) => new Tensor(Float32Array.from(values), [3, 1])
  const { history } = await model.fit(column(inputs), column(targets), {
    ...quiet,
    batchSize: 2,
    shuffle: false,
  })
  let w = 0.5
  let sum = 0
  for (const rows of [[0, 1], [2]]) {
    const errors = rows.map(row => w * inputs[row]! - targets[row]!)
    sum += errors.reduce((total, error) => total + error ** 2 + l2 * w * w, 0)
    const slope = errors.reduce((total, error, i) => total + 2 * error * inputs[rows[i]!]!, 0) / rows.length
    w -= lr * (slope + 2 * l2 * w)
  }
  expect(weightsOf(model)).toEqual({ 'dense/kernel': [w] })
  expect(history.loss![0]).toBeCloseTo(sum / 3, 7)
})

test('the penalty is in the loss, of training and of validation', async () => {
  const l2 = 0.125
  const data = { ...quiet, shuffle: false, validationData: [x, y] as const }
  const frozen = { optimizer: sgd({ learningRate: 1e-30 }) }
  const model = tinyModel({ l2 }, frozen)
  const kernel = model.getWeights().get('dense/kernel')!.data
  const penalty = l2 * kernel.reduce((sum, w) => sum + w * w, 0)
  const plain = (await tinyModel({}, frozen).fit(x, y, data)).history
  const withL2 = (await model.fit(x, y, data)).history
  expect(withL2.loss![0]! - plain.loss![0]!).toBeCloseTo(penalty, 6)
  expect(withL2.val_loss![0]! - plain.val_loss![0]!).toBeCloseTo(penalty, 6)
})

test('class numbers and one-hot rows train to the same bits', async () => {
  const hot = new Tensor(
    Float32Array.from({ length: 30 }, (_, i) => (y.data[Math.floor(i / 3)] === i % 3 ? 1 : 0)),
    [10, 3],
  )
  const column = new Tensor(y.data, [10, 1])
  const results = []
  for (const labels of [y, hot, column]) {
    const model = tinyModel({ rate: 0.2 })
    const { history } = await model.fit(x, labels, {
      ...quiet,
      epochs: 2,
      batchSize: 4,
      validationSplit: 0.3,
    })
    results.push({ history, weights: weightsOf(model) })
  }
  expect(results[1]).toEqual(results[0])
  expect(results[2]).toEqual(results[0])
  const sparse = tinyModel({ rate: 0.2 }, { loss: 'sparseCategoricalCrossentropy' })
  await sparse.fit(x, y, { ...quiet, epochs: 2, batchSize: 4, validationSplit: 0.3 })
  expect(weightsOf(sparse)).toEqual(results[0]!.weights)
})

test.each([
  [
    { callbacks: earlyStopping() },
    'fit: callbacks must be a list, but one alone came.\n  For example callbacks: [',
  ],
  [
    { callbacks: ['earlyStopping'] },
    'fit: entry 1 of callbacks must be a callback, but "earlyStopping" came.',
  ],
  [{ callbacks: [{}, earlyStopping] }, 'fit: entry 2 of callbacks must be a callback, but function came.'],
  [{ validationData: x }, 'fit: validationData must be a list of two tensors, but something else came.'],
  [{ validationData: [x] }, 'For example validationData: [test.x, test.y].'],
  [{ verbose: true }, "fit: verbose must be 'auto', 0, 1 or 2, but true came."],
  [{ shuffle: 'batch' }, 'fit: shuffle must be true or false, but "batch" came.'],
  [{ epochs: '3' }, 'fit: epochs must be a whole number of at least 1, but "3" came.'],
])('%o is refused', async (options, message) => {
  const training = tinyModel().fit(x, y, { ...quiet, ...(options as object) })
  await expect(training).rejects.toThrow(message)
})
