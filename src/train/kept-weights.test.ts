import { expect, test } from 'vitest'
import type { Tensor } from '../base/tensor.js'
import { batchNormalization, dense, flatten } from '../nn/layers/index.js'
import type { Callback } from './callbacks/callback.js'
import type { Checkpoint, Tensors } from './checkpoint.js'
import { adam, type Optimizer, sgd } from './optimizers/index.js'
import { Sequential } from './sequential.js'
import { float32Reference, quiet, tinyData, tinyModel, weightsOf } from './tiny.fixture.js'

const { x, y } = tinyData(11)
const options = { ...quiet, epochs: 3, batchSize: 4, validationData: [x, y] as const }
const stepsPerEpoch = 3

const numbersOf = (tensors: Tensors): Record<string, number[]> =>
  Object.fromEntries([...tensors].map(([name, { data }]: [string, Tensor]) => [name, [...data]]))

const slotsOf = ({ optimizer }: Checkpoint, prefix: string): Record<string, number[]> =>
  Object.fromEntries(
    Object.entries(numbersOf(optimizer))
      .filter(([name]) => name.startsWith(prefix))
      .map(([name, values]) => [name.slice(prefix.length), values]),
  )

async function train(optimizer: Optimizer, model = tinyModel({ rate: 0.3 }, { optimizer })) {
  const saved: Checkpoint[] = []
  const save = async (checkpoint: Checkpoint) => void saved.push(checkpoint)
  const history = await model.fit(x, y, { ...options, checkpoint: { save } })
  return { model, history, saved, weights: weightsOf(model) }
}

test('the average is what is kept and measured; training goes on with the weights', async () => {
  const plain = await train(sgd({ learningRate: 0.5 }))
  const averaged = await train(sgd({ learningRate: 0.5, useEma: true, emaMomentum: 0.75 }))
  expect(averaged.saved.map(({ weights }) => numbersOf(weights))).toEqual(
    plain.saved.map(({ weights }) => numbersOf(weights)),
  )
  expect(averaged.history.history.loss).toEqual(plain.history.history.loss)
  const last = averaged.saved.at(-1)!
  expect(averaged.weights).toEqual(slotsOf(last, 'ema/'))
  expect(averaged.weights).not.toEqual(numbersOf(last.weights))
  const [loss] = await averaged.model.evaluate(x, y, { batchSize: 4 })
  expect(averaged.history.history.val_loss!.at(-1)).toBeCloseTo(loss!, 12)
})

test('the best weights are averages of the best epoch', async () => {
  const { model, history, saved } = await train(adam({ learningRate: 0.3, useEma: true, emaMomentum: 0.5 }))
  const best = saved[history.best!.epoch]!
  expect(numbersOf(best.bestWeights!)).toEqual(slotsOf(best, 'ema/'))
  model.restoreBest()
  expect(weightsOf(model)).toEqual(slotsOf(best, 'ema/'))
})

/** With moving statistics, and a kernel that is not trained. */
function normalizedModel(optimizer: Optimizer): Sequential {
  const model = new Sequential(
    [
      flatten({ inputShape: [2, 2, 1] }),
      dense({ units: 4, trainable: false }),
      batchNormalization(),
      dense({ units: 3, activation: 'softmax' }),
    ],
    { seed: 1 },
  )
  model.compile({ loss: 'categoricalCrossentropy', backend: float32Reference, optimizer })
  return model
}

test('lookahead covers moving statistics, and leaves what does not move as it is', async () => {
  const optimizer = () => adam({ learningRate: 0.1, lookahead: { every: 2, decay: 0.9, power: 0 } })
  const model = normalizedModel(optimizer())
  const before = weightsOf(model)
  const { saved, weights } = await train(optimizer(), model)
  // 9 steps: the last is no meeting, and still ends on the slow weights.
  const last = saved.at(-1)!
  expect(weights).toEqual(slotsOf(last, 'lookahead/'))
  expect(weights).toEqual(numbersOf(last.weights))
  expect(weights['dense/kernel']).toEqual(before['dense/kernel'])
  expect(weights['batch_normalization/moving_mean']).not.toEqual(before['batch_normalization/moving_mean'])
  const middle = saved[0]!
  expect(slotsOf(middle, 'lookahead/')).not.toEqual(numbersOf(middle.weights))
  expect(slotsOf(middle, 'lookahead/')['dense/kernel']).toEqual(before['dense/kernel'])
})

test('before the first meeting the weights are kept as they are', async () => {
  const every = stepsPerEpoch + 1
  const { saved } = await train(sgd({ learningRate: 0.5, lookahead: { every } }))
  expect(numbersOf(saved[0]!.bestWeights!)).toEqual(numbersOf(saved[0]!.weights))
  const model = tinyModel({}, { optimizer: sgd({ lookahead: { every: 100 } }) })
  await model.fit(x, y, { ...options, epochs: 1 })
  const plain = tinyModel({}, { optimizer: sgd() })
  await plain.fit(x, y, { ...options, epochs: 1 })
  expect(weightsOf(model)).toEqual(weightsOf(plain))
})

test('stopped early, the average is kept too', async () => {
  const model = tinyModel({}, { optimizer: sgd({ learningRate: 0.5, useEma: true }) })
  let saved: Checkpoint | undefined
  await model.fit(x, y, {
    ...options,
    checkpoint: { save: async checkpoint => void (saved = checkpoint) },
    callbacks: [{ onBatchEnd: ({ epoch, step }, { stop }) => void (epoch === 1 && step === 2 && stop()) }],
  })
  expect(weightsOf(model)).toEqual(slotsOf(saved!, 'ema/'))
})

const averaging: Record<string, () => Optimizer> = {
  ema: () => sgd({ learningRate: 0.5, useEma: true, emaMomentum: 0.75 }),
  lookahead: () => sgd({ learningRate: 0.5, lookahead: { every: 2 } }),
}

test.each(
  Object.keys(averaging),
)('%s: at the end of an epoch callbacks see what would be kept, and move nothing', async name => {
  const newModel = () => tinyModel({ rate: 0.3 }, { optimizer: averaging[name]!() })
  const model = newModel()
  const seen: Record<string, number[]>[] = []
  const measured: number[] = []
  const saved: Checkpoint[] = []
  const look: Callback = {
    async onEpochEnd(_, context) {
      seen.push(numbersOf(context.weights()))
      expect(weightsOf(model)).toEqual(seen.at(-1))
      measured.push((await model.evaluate(x, y, { batchSize: 4 }))[0]!)
    },
  }
  const { history } = await model.fit(x, y, {
    ...options,
    callbacks: [look],
    checkpoint: { save: async checkpoint => void saved.push(checkpoint) },
  })
  expect(seen).toEqual(saved.map(checkpoint => slotsOf(checkpoint, `${name}/`)))
  expect(seen[0]).not.toEqual(numbersOf(saved[0]!.weights))
  measured.forEach((loss, epoch) => expect(loss).toBeCloseTo(history.val_loss![epoch]!, 12))
  const unwatched = newModel()
  await unwatched.fit(x, y, options)
  expect(weightsOf(model)).toEqual(weightsOf(unwatched))
})

test('within an epoch callbacks see the weights that training goes on with', async () => {
  const [plain, averaged]: Record<string, number[]>[][] = [[], []]
  const note = (into: Record<string, number[]>[]): Callback => ({
    onBatchEnd: (_, { weights }) => void into.push(numbersOf(weights())),
  })
  await tinyModel({}, { optimizer: sgd({ learningRate: 0.5 }) }).fit(x, y, {
    ...options,
    callbacks: [note(plain!)],
  })
  await tinyModel({}, { optimizer: averaging.ema!() }).fit(x, y, { ...options, callbacks: [note(averaged!)] })
  expect(averaged).toEqual(plain)
})

test.each([
  'ema',
  'none',
])('%s: a weight that a callback sets at the end of an epoch stays so, also through a checkpoint', async name => {
  const optimizer = () => averaging[name]?.() ?? sgd({ learningRate: 0.5 })
  const zeroBias = (model: Sequential): Callback => ({
    onEpochEnd() {
      const weights = model.getWeights()
      weights.get('dense/bias')!.data.fill(0)
      model.setWeights(weights)
    },
  })
  const saved: Checkpoint[] = []
  const model = tinyModel({}, { optimizer: optimizer() })
  await model.fit(x, y, {
    ...options,
    callbacks: [zeroBias(model)],
    checkpoint: { save: async checkpoint => void saved.push(checkpoint) },
  })
  const [first] = saved
  expect(numbersOf(first!.weights)['dense/bias']).toEqual([0, 0, 0, 0, 0])
  expect(numbersOf(first!.weights)['dense_1/bias']).not.toEqual(slotsOf(first!, 'ema/')['dense_1/bias'])
  const resumed = tinyModel({}, { optimizer: optimizer() })
  await resumed.fit(x, y, { ...options, callbacks: [zeroBias(resumed)], resume: first! })
  expect(weightsOf(resumed)).toEqual(weightsOf(model))
})

test('an error at the end of an epoch leaves the weights that training would have gone on with', async () => {
  const failing: Callback = {
    onEpochEnd() {
      throw new Error('no')
    },
  }
  const train = async (optimizer: Optimizer) => {
    const model = tinyModel({}, { optimizer })
    await expect(model.fit(x, y, { ...options, callbacks: [failing] })).rejects.toThrow('no')
    return weightsOf(model)
  }
  expect(await train(averaging.ema!())).toEqual(await train(sgd({ learningRate: 0.5 })))
})
