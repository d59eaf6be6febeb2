import { expect, test } from 'vitest'
import { Tensor } from '../base/tensor.js'
import type { Checkpoint } from './checkpoint.js'
import type { History } from './history.js'
import { adam, lion, muon, sgd } from './optimizers/index.js'
import { quiet, tinyData, tinyModel, weightsOf } from './tiny.fixture.js'

const { x, y } = tinyData(11)
const epochs = 3
const stepsPerEpoch = 3
const options = { ...quiet, epochs, batchSize: 4, validationSplit: 0.1, trainEvaluation: 5 }

const optimizers = {
  'sgd with momentum': () => sgd({ learningRate: 0.2, momentum: 0.9 }),
  'sgd with Nesterov momentum': () => sgd({ learningRate: 0.1, momentum: 0.5, nesterov: true }),
  adam: () => adam({ learningRate: 0.05 }),
  'adam with a moving average': () =>
    adam({ learningRate: 0.05, useEma: true, emaMomentum: 0.75, emaOverwriteFrequency: 4 }),
  'sgd with lookahead': () => sgd({ learningRate: 0.2, momentum: 0.9, lookahead: { every: 2 } }),
  'lion with decay, groups and clipping': () =>
    lion({
      learningRate: 0.01,
      weightDecay: 0.1,
      globalClipNorm: 0.1,
      groups: [{ weights: '*bias', learningRateFactor: 4 }],
    }),
  'muon with momentum beside it': () =>
    muon({ weights: 'dense/kernel', others: sgd({ learningRate: 0.1, momentum: 0.5 }), useEma: true }),
}

/** The checkpoint as it comes back from a file: other memory, the state through JSON. */
const throughFile = ({ weights, optimizer, state, bestWeights }: Checkpoint): Checkpoint => {
  const copy = (tensors: Checkpoint['weights']) =>
    new Map([...tensors].map(([name, { data, shape }]) => [name, new Tensor(data.slice(), shape)]))
  return {
    weights: copy(weights),
    optimizer: copy(optimizer),
    state: JSON.parse(JSON.stringify(state)),
    ...(bestWeights && { bestWeights: copy(bestWeights) }),
  }
}

const resultOf = (history: History, model: ReturnType<typeof tinyModel>) => {
  const last = weightsOf(model)
  model.restoreBest()
  return {
    history: history.history,
    epoch: history.epoch,
    best: history.best,
    lastRows: history.validation.at(-1),
    last,
    restored: weightsOf(model),
  }
}

for (const [name, optimizer] of Object.entries(optimizers)) {
  const newModel = (seed: number) => tinyModel({ rate: 0.3, seed }, { optimizer: optimizer() })

  const uninterrupted = async () => {
    const model = newModel(1)
    return resultOf(await model.fit(x, y, options), model)
  }

  const interruptedAfter = async (steps: number) => {
    let done = 0
    let saved: Checkpoint | undefined
    await newModel(1).fit(x, y, {
      ...options,
      checkpoint: { save: async checkpoint => void (saved = checkpoint) },
      callbacks: [{ onBatchEnd: (_, { stop }) => void (++done === steps && stop()) }],
    })
    return throughFile(saved!)
  }

  test(`${name}: stopped at any step, resumed in another model, training ends with the same bits`, async () => {
    const expected = await uninterrupted()
    for (let steps = 1; steps <= epochs * stepsPerEpoch; steps++) {
      const checkpoint = await interruptedAfter(steps)
      expect([checkpoint.state.epoch, checkpoint.state.step]).toEqual([
        Math.floor((steps - 1) / stepsPerEpoch),
        ((steps - 1) % stepsPerEpoch) + 1,
      ])
      const model = newModel(99)
      expect(resultOf(await model.fit(x, y, { ...options, resume: checkpoint }), model)).toEqual(expected)
    }
  })

  test(`${name}: resumed from the end of any epoch, training ends with the same bits`, async () => {
    const expected = await uninterrupted()
    const saved: Checkpoint[] = []
    const save = async (checkpoint: Checkpoint) => void saved.push(throughFile(checkpoint))
    await newModel(1).fit(x, y, { ...options, checkpoint: { save } })
    expect(saved.map(({ state }) => state.epoch)).toEqual([1, 2, 3])
    for (const resume of saved) {
      const model = newModel(99)
      const trained = resultOf(await model.fit(x, y, { ...options, resume }), model)
      // A checkpoint of the last epoch leaves nothing to measure, and holds no rows itself.
      expect(trained).toEqual(resume.state.epoch < epochs ? expected : { ...expected, lastRows: undefined })
    }
  })
}

test('a learning rate that a callback changed is resumed too', async () => {
  const halve = {
    onBatchEnd: (_: unknown, { optimizer }: { optimizer: { learningRate: number } }) =>
      void (optimizer.learningRate *= 0.75),
  }
  const whole = tinyModel()
  await whole.fit(x, y, { ...options, callbacks: [halve] })
  let saved: Checkpoint | undefined
  const save = async (checkpoint: Checkpoint) => void (saved = checkpoint)
  await tinyModel().fit(x, y, {
    ...options,
    checkpoint: { save },
    callbacks: [
      halve,
      { onBatchEnd: ({ step, epoch }, { stop }) => void (epoch === 1 && step === 2 && stop()) },
    ],
  })
  const resumed = tinyModel()
  await resumed.fit(x, y, { ...options, callbacks: [halve], resume: saved! })
  expect(weightsOf(resumed)).toEqual(weightsOf(whole))
})

test('the same seed trains to the same bits, another seed to others', async () => {
  const train = async (seed: number) => {
    const model = tinyModel({ rate: 0.3, seed })
    await model.fit(x, y, options)
    return weightsOf(model)
  }
  expect(await train(1)).toEqual(await train(1))
  expect(await train(1)).not.toEqual(await train(2))
})

test('a checkpoint of other data, another batch size or another optimizer is refused', async () => {
  let saved: Checkpoint | undefined
  const checkpoint = { save: async (made: Checkpoint) => void (saved = made) }
  await tinyModel().fit(x, y, { ...options, checkpoint })
  const resume = saved!
  await expect(tinyModel().fit(x, y, { ...options, batchSize: 5, resume })).rejects.toThrow(
    'fit: the checkpoint was made with batchSize 4, but 5 came.\n  Resume with the same data and batchSize.',
  )
  await expect(tinyModel().fit(x, y, { ...options, validationSplit: 0.5, resume })).rejects.toThrow(
    'fit: the checkpoint was made with training rows 9, but 5 came.',
  )
  await expect(tinyModel({}, { optimizer: 'adam' }).fit(x, y, { ...options, resume })).rejects.toThrow(
    'adam needs "adam/mean/dense/kernel", which the checkpoint does not hold.\n' +
      '  Compile with the optimizer and options it was trained with.',
  )
  await expect(tinyModel({ units: 4 }).fit(x, y, { ...options, resume })).rejects.toThrow(
    'Dense "dense_1": the weight "dense_1/kernel" must be 5×4, but 5×3 came.',
  )
})
