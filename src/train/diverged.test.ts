import { expect, test } from 'vitest'
import { DivergedError, MemoryError } from '../base/errors.js'
import { Tensor } from '../base/tensor.js'
import { dense } from '../nn/layers/index.js'
import type { Checkpoint } from './checkpoint.js'
import type { TrainEvent } from './events.js'
import { historyOf } from './history.js'
import { sgd } from './optimizers/index.js'
import { Sequential } from './sequential.js'
import { float32Reference, quiet, tinyData, tinyModel, weightsOf } from './tiny.fixture.js'

/** y = w·v·x, taught to become 1: with too high a rate w and v grow until float32 has no number for them. */
function chain(learningRate: number, momentum = 0) {
  const model = new Sequential([dense({ units: 2, inputShape: [1] }), dense({ units: 1 })], { seed: 3 })
  model.compile({
    optimizer: sgd({ learningRate, momentum }),
    loss: 'meanSquaredError',
    backend: float32Reference,
  })
  return model
}

const x = new Tensor(
  Float32Array.from({ length: 64 }, (_, i) => (i % 7) / 3 - 1),
  [64, 1],
)
const y = new Tensor(
  Float32Array.from({ length: 64 }, () => 1),
  [64, 1],
)

const failureOf = async (training: Promise<unknown>): Promise<DivergedError> =>
  training.then(
    () => {
      throw new Error('it did not diverge')
    },
    error => error,
  )

test('training that explodes stops, and says where, what broke first and what to try', async () => {
  const error = await failureOf(chain(10).fit(x, y, { ...quiet, batchSize: 8, epochs: 5, shuffle: false }))
  expect(error).toBeInstanceOf(DivergedError)
  expect(error.message).toMatch(
    /^loss became (NaN|Infinity) at epoch 1, step \d \(learning rate 10, largest gradient \d\.\de\d+ in "dense(_1)?\/(kernel|bias)"\)\. First not finite: .+\.\n {2}Usual cause: the learning rate is too high\. Try 1\.$/,
  )
})

test('the weights go back to before the step that failed, to the bit', async () => {
  for (const batchSize of [1, 8]) {
    const model = chain(2, 0.5)
    let last = weightsOf(model)
    let steps = 0
    const callbacks = [
      {
        onBatchEnd: () => {
          last = weightsOf(model)
          steps++
        },
      },
    ]
    await failureOf(model.fit(x, y, { ...quiet, batchSize, epochs: 50, callbacks }))
    expect(steps).toBeGreaterThan(1)
    expect(weightsOf(model)).toEqual(last)
    expect(Object.values(last).flat().every(Number.isFinite)).toBe(true)
  }
})

test('the way back also goes over a mark: many steps before the one that fails', async () => {
  const data = Float32Array.from(x.data)
  const model = chain(0.001)
  const poisoned = 33
  data[poisoned] = Number.NaN
  let last = weightsOf(model)
  const callbacks = [{ onBatchEnd: () => void (last = weightsOf(model)) }]
  const training = model.fit(new Tensor(data, [64, 1]), y, {
    ...quiet,
    batchSize: 1,
    shuffle: false,
    callbacks,
  })
  const error = await failureOf(training)
  expect(error.message).toMatch(
    /^loss became NaN at epoch 1, step 34 \(learning rate 0\.001, largest gradient \S+ in "[^"]+"\)\. First not finite: the pictures of this batch\.\n {2}Look for NaN or Infinity in x, and leave such rows out\.$/,
  )
  expect(weightsOf(model)).toEqual(last)
})

test.each([31, 32, 33, 63])('the largest gradient is that of the step before: step %i fails', async step => {
  const data = Float32Array.from(x.data)
  data[step] = Number.POSITIVE_INFINITY
  const error = await failureOf(
    chain(0.001).fit(new Tensor(data, [64, 1]), y, { ...quiet, batchSize: 1, shuffle: false }),
  )
  expect(error.message).toContain(`at epoch 1, step ${step + 1} (learning rate 0.001, largest gradient `)
})

test('a weight that is not finite from the start is named', async () => {
  const model = tinyModel()
  const weights = model.getWeights()
  weights.set('dense_1/bias', new Tensor(Float32Array.of(0, Number.NaN, 0), [3]))
  model.setWeights(weights)
  const { x, y } = tinyData()
  const error = await failureOf(model.fit(x, y, quiet))
  expect(error.message).toContain(
    'loss became NaN at epoch 1, step 1 (learning rate 0.01). First not finite: the weight "dense_1/bias".',
  )
})

test('pictures that nobody scaled are the likelier cause', async () => {
  const bytes = new Tensor(
    Uint8Array.from({ length: 64 }, (_, i) => 4 * i),
    [64, 1],
  )
  const error = await failureOf(chain(1).fit(bytes, y, { ...quiet, epochs: 20 }))
  expect(error.advice).toBe(
    'Usual cause: x is not scaled (its largest value is 252). Try x.scaled(1 / 255, -0.5).',
  )
})

test('validation that is not finite ends training too', async () => {
  const { x, y } = tinyData()
  const broken = new Tensor(
    Float32Array.from({ length: 4 }, () => Number.NaN),
    [1, 2, 2, 1],
  )
  const validationData = [broken, new Tensor(Uint8Array.of(0), [1])] as const
  const error = await failureOf(tinyModel().fit(x, y, { ...quiet, validationData }))
  expect(error.message).toMatch(/^val_loss became NaN at the end of epoch 1 .* the pictures of this batch\./)
})

test('nothing is saved once numbers are no longer finite', async () => {
  const saved: Checkpoint[] = []
  const checkpoint = { everySeconds: 1e-9, save: async (made: Checkpoint) => void saved.push(made) }
  await failureOf(chain(10).fit(x, y, { ...quiet, batchSize: 8, epochs: 5, checkpoint }))
  expect(saved.length).toBeGreaterThan(0)
  for (const { weights, state } of saved) {
    for (const { data } of weights.values()) expect(data.every(Number.isFinite)).toBe(true)
    expect(Number.isFinite(state.sums.sums.loss)).toBe(true)
  }
})

test('a model that diverged can be trained on with a lower rate', async () => {
  const model = chain(10)
  await failureOf(model.fit(x, y, { ...quiet, batchSize: 8, epochs: 5 }))
  model.setWeights(chain(10).getWeights())
  model.compile({ optimizer: sgd({ learningRate: 0.01 }), loss: 'meanSquaredError' })
  const { history } = await model.fit(x, y, { ...quiet, epochs: 2 })
  expect(history.loss![1]).toBeLessThan(history.loss![0]!)
})

test('where looking closer takes more memory than there is, training still says that it diverged', async () => {
  const model = chain(10)
  model.compile({
    optimizer: sgd({ learningRate: 10 }),
    loss: 'meanSquaredError',
    backend: {
      name: 'small',
      async open(variables, options) {
        const device = await float32Reference.open(variables, options)
        const compile: typeof device.compile = async graph => {
          if ([...graph.outputs.keys()].some(name => name.startsWith('gradient/')))
            throw new MemoryError('The network', { needed: 2, limit: 1 })
          return device.compile(graph)
        }
        return { ...device, compile }
      },
    },
  })
  const error = await failureOf(model.fit(x, y, { ...quiet, batchSize: 8, epochs: 5, shuffle: false }))
  expect(error).toBeInstanceOf(DivergedError)
  expect(error.message).toMatch(
    /^loss became (NaN|Infinity) at epoch 1, step \d \(learning rate 10\)\.\n {2}Usual cause/,
  )
})

test('listeners get an end that says so; callbacks do not, and the history keeps the message', async () => {
  const events: TrainEvent[] = []
  let ends = 0
  const error = await failureOf(
    chain(10).fit(x, y, {
      ...quiet,
      batchSize: 8,
      epochs: 5,
      callbacks: [{ onTrainEnd: () => void ends++ }],
      onEvent: event => void events.push(event),
    }),
  )
  expect(events.at(-1)).toMatchObject({
    type: 'end',
    reason: 'diverged',
    message: error.message,
    epochs: 0,
    bestEpoch: null,
    logs: {},
  })
  expect(ends).toBe(0)
  const history = historyOf(events)
  expect([history.diverged, history.stopped]).toEqual([error.message, false])
})
