import { expect, test } from 'vitest'
import { Tensor } from '../base/tensor.js'
import { wasmBackend } from '../engine/backends/wasm/wasm.js'
import { dense } from '../nn/layers/index.js'
import { categoricalCrossentropy } from '../nn/losses.js'
import { applyWithTarget } from './augmentation/apply.js'
import * as augment from './augmentation/index.js'
import type { Checkpoint } from './checkpoint.js'
import type { FitOptions } from './fit-options.js'
import { adam, sgd } from './optimizers/index.js'
import { pictureModel, tinyPictures, useTwoThreads } from './pictures.fixture.js'
import { Sequential } from './sequential.js'
import { recordTraining } from './step.js'
import { trainStep } from './step-recipe.js'
import { float32Reference, quiet, tinyData, tinyModel, tinyNetwork, weightsOf } from './tiny.fixture.js'

useTwoThreads()

const { x, y } = tinyData(11)
const classWeight = [0.5, 3, 1.25]

const labelsOf = (labels: readonly number[]) => new Tensor(Uint8Array.from(labels), [labels.length])

/** Two inputs, three classes: few enough numbers to compute by hand. */
const rows = [
  [1, -0.5],
  [0.25, 2],
  [-1, 0.75],
  [0.5, 0.5],
]
const shown = [0, 1, 1, 2]
const kernel = [
  [0.25, -0.5, 0.125],
  [0.5, 0.375, -1],
]

function handModel(options: Parameters<Sequential['compile']>[0] | null = null): Sequential {
  const model = new Sequential([dense({ units: 3, useBias: false, activation: 'softmax', inputShape: [2] })])
  model.setWeights(new Map([['dense/kernel', new Tensor(Float32Array.from(kernel.flat()), [2, 3])]]))
  model.compile(
    options ?? {
      optimizer: sgd({ learningRate: 0.5 }),
      loss: 'categoricalCrossentropy',
      metrics: ['accuracy'],
      backend: float32Reference,
    },
  )
  return model
}

const handX = new Tensor(Float32Array.from(rows.flat()), [4, 2])
const handY = labelsOf(shown)

/** Loss and kernel after one step of gradient descent over all rows, for targets [N, 3]. */
function byHand(targets: readonly (readonly number[])[], learned = targets) {
  const moved = kernel.map(row => [...row])
  let loss = 0
  rows.forEach((input, n) => {
    const logits = [0, 1, 2].map(c => input[0]! * kernel[0]![c]! + input[1]! * kernel[1]![c]!)
    const sum = logits.reduce((total, z) => total + Math.exp(z), 0)
    const weight = targets[n]!.reduce((total, share, c) => total + share * classWeight[c]!, 0)
    logits.forEach((z, c) => {
      const p = Math.exp(z) / sum
      loss -= (weight * learned[n]![c]! * Math.log(p)) / rows.length
      for (const k of [0, 1])
        moved[k]![c]! -= (0.5 * weight * (p - learned[n]![c]!) * input[k]!) / rows.length
    })
  })
  return { loss, kernel: moved.flat() }
}

const oneHot = shown.map(label => [0, 1, 2].map(c => Number(c === label)))

const expectClose = (actual: readonly number[], expected: readonly number[]) => {
  expect(actual).toHaveLength(expected.length)
  // Weights are kept in float32: half a unit in the last place of numbers below 1.
  actual.forEach((value, i) => {
    expect(Math.abs(value - expected[i]!)).toBeLessThan(2 ** -24)
  })
}

test('one step is the one computed by hand: rows count by their class, the mean by the number of rows', async () => {
  const model = handModel()
  const { history } = await model.fit(handX, handY, { ...quiet, batchSize: 4, classWeight })
  const expected = byHand(oneHot)
  expectClose(weightsOf(model)['dense/kernel']!, expected.kernel)
  expect(history.loss![0]).toBeCloseTo(expected.loss, 6)
  const plain = handModel()
  const unweighted = await plain.fit(handX, handY, { ...quiet, batchSize: 4 })
  expect(weightsOf(plain)).not.toEqual(weightsOf(model))
  expect(history.accuracy).toEqual(unweighted.history.accuracy)
})

test('labels may be one-hot, the loss may be the sparse one or smooth its labels', async () => {
  const fitted = async (model: Sequential, labels: Tensor) => {
    await model.fit(handX, labels, { ...quiet, batchSize: 4, classWeight })
    return weightsOf(model)['dense/kernel']!
  }
  const expected = await fitted(handModel(), handY)
  expect(await fitted(handModel(), new Tensor(Float32Array.from(oneHot.flat()), [4, 3]))).toEqual(expected)
  const common = { optimizer: sgd({ learningRate: 0.5 }), backend: float32Reference }
  expect(await fitted(handModel({ ...common, loss: 'sparseCategoricalCrossentropy' }), handY)).toEqual(
    expected,
  )
  const loss = categoricalCrossentropy({ labelSmoothing: 0.3 })
  const smooth = oneHot.map(row => row.map(share => share * 0.7 + 0.1))
  // The weight is that of the class itself, the target the smoothed one.
  expectClose(await fitted(handModel({ ...common, loss }), handY), byHand(oneHot, smooth).kernel)
})

test('with weights of 1 training ends as without, to the bit', async () => {
  const [ones, plain] = [tinyModel({ rate: 0.3 }), tinyModel({ rate: 0.3 })]
  await ones.fit(x, y, { ...quiet, epochs: 2, batchSize: 4, classWeight: [1, 1, 1] })
  await plain.fit(x, y, { ...quiet, epochs: 2, batchSize: 4 })
  expect(weightsOf(ones)).toEqual(weightsOf(plain))
})

test('without weights the step is the plain one: nothing is recorded, nothing compiled for it', () => {
  const model = tinyModel()
  const compiled = { optimizer: sgd(), loss: categoricalCrossentropy(), metrics: [] }
  const variant = { augmentation: null, classWeight: null }
  expect(trainStep(model.network, compiled, variant)).toBe('train')
  const ops = (given?: typeof variant) =>
    recordTraining(model.network, compiled, 4, given).nodes.map(({ op }) => op)
  expect(ops(variant)).toEqual(ops())
  expect(ops()).not.toContain('multiply')
})

const unbalanced = labelsOf([0, 0, 0, 0, 0, 0, 1, 1, 1, 2, 2])

test('balanced weights are N / (C · n) of the training part alone', async () => {
  // The last two rows validate: 9 rows of classes 0 and 1 are left, and none of class 2.
  const options: FitOptions = { ...quiet, epochs: 2, batchSize: 4, validationSplit: 0.15 }
  const [rule, numbers, all] = [tinyModel(), tinyModel(), tinyModel()]
  await rule.fit(x, unbalanced, { ...options, classWeight: 'balanced' })
  await numbers.fit(x, unbalanced, { ...options, classWeight: [9 / (2 * 6), 9 / (2 * 3), 0] })
  await all.fit(x, unbalanced, { ...options, classWeight: [11 / (3 * 6), 11 / (3 * 3), 11 / (3 * 2)] })
  expect(weightsOf(rule)).toEqual(weightsOf(numbers))
  expect(weightsOf(rule)).not.toEqual(weightsOf(all))
})

test('a class of weight 0 is not learned from', async () => {
  const kept = labelsOf([0, 1, 1, 0])
  const [without, weightless] = [handModel(), handModel()]
  // Two further rows of class 2 change nothing but the mean, which divides by all rows.
  const more = new Tensor(Float32Array.from([...rows.flat(), 3, -1, 2, 2]), [6, 2])
  const labels = labelsOf([0, 1, 1, 0, 2, 2])
  await weightless.fit(more, labels, { ...quiet, batchSize: 6, classWeight: [1.5, 1.5, 0] })
  await without.fit(handX, kept, { ...quiet, batchSize: 4 })
  expectClose(weightsOf(weightless)['dense/kernel']!, weightsOf(without)['dense/kernel']!)
})

test('validation, trainEvaluation and evaluate stay as they are', async () => {
  const model = tinyModel()
  const { history } = await model.fit(x, y, {
    ...quiet,
    classWeight,
    validationData: [x, y],
    trainEvaluation: true,
  })
  const [loss] = await model.evaluate(x, y)
  expect(history.val_loss).toEqual([loss])
  expect(history.train_eval_loss).toEqual([loss])
})

test('mixed labels count by their shares', async () => {
  const options: FitOptions = { ...quiet, batchSize: 11, shuffle: false, seed: 5, classWeight }
  const still = () => tinyModel({}, { optimizer: sgd({ learningRate: 1e-30 }) })
  const steps = [augment.mixup({ alpha: 1 })]
  const { history } = await still().fit(x, y, { ...options, augment: steps })
  const targets = new Tensor(
    Float32Array.from({ length: 33 }, (_, at) => Number(y.data[Math.floor(at / 3)] === at % 3)),
    [11, 3],
  )
  const { x: pictures, target } = await applyWithTarget(x, steps, {
    seed: 5,
    target: targets,
    backend: float32Reference,
  })
  const mixed = target!.data
  const p = (await tinyModel().predict(pictures)).data
  let expected = 0
  for (let row = 0; row < 11; row++) {
    const shares = [...mixed.slice(3 * row, 3 * row + 3)]
    const weight = shares.reduce((sum, share, c) => sum + share * classWeight[c]!, 0)
    shares.forEach((share, c) => {
      expected -= (weight * share * Math.log(p[3 * row + c]!)) / 11
    })
  }
  expect(history.loss![0]).toBeCloseTo(expected, 6)
  expect(new Set(mixed).size).toBeGreaterThan(2)
})

test('a training that goes on after any step ends with the same bits', async () => {
  const options: FitOptions = { ...quiet, epochs: 3, batchSize: 4, classWeight: 'balanced' }
  const newModel = () => tinyModel({ rate: 0.3 }, { optimizer: adam({ learningRate: 0.05 }) })
  const whole = newModel()
  const { history } = await whole.fit(x, unbalanced, options)
  for (const stopAfter of [1, 3, 5, 8]) {
    const resume = await checkpointAfter(stopAfter, newModel(), options)
    const resumed = newModel()
    expect((await resumed.fit(x, unbalanced, { ...options, resume })).history).toEqual(history)
    expect(weightsOf(resumed)).toEqual(weightsOf(whole))
  }
})

/** As it comes back from a file: the state through JSON. */
async function checkpointAfter(steps: number, model: Sequential, options: FitOptions): Promise<Checkpoint> {
  let saved: Checkpoint | undefined
  let done = 0
  await model.fit(x, unbalanced, {
    ...options,
    checkpoint: { save: async checkpoint => void (saved = checkpoint) },
    callbacks: [{ onBatchEnd: (_, { stop }) => void (++done === steps && stop()) }],
  })
  return { ...saved!, state: JSON.parse(JSON.stringify(saved!.state)) }
}

test('a training goes on with the weights it began with, and with no others', async () => {
  const options: FitOptions = { ...quiet, epochs: 2, batchSize: 4 }
  const goOn = (given: FitOptions['classWeight'], resume: Checkpoint) =>
    tinyModel().fit(x, unbalanced, { ...options, ...(given && { classWeight: given }), resume })
  const weighted = await checkpointAfter(2, tinyModel(), { ...options, classWeight })
  await expect(goOn([1, 3, 1.25], weighted)).rejects.toThrow(
    'fit: the checkpoint was made with classWeight [0.5,3,1.25], but classWeight [1,3,1.25] came.\n' +
      '  Give classWeight as before, or begin a new training.',
  )
  await expect(goOn(undefined, weighted)).rejects.toThrow(
    'made with classWeight [0.5,3,1.25], but no classWeight came.',
  )
  const plain = await checkpointAfter(2, tinyModel(), options)
  expect(plain.state).not.toHaveProperty('classWeight')
  await expect(goOn('balanced', plain)).rejects.toThrow(
    /made with no classWeight, but classWeight \[0\.61.+\] came\.\n {2}Leave classWeight out, or begin a new training\./,
  )
  // The rule is settled when training begins: the numbers it comes to are the same.
  const balanced = await checkpointAfter(2, tinyModel(), { ...options, classWeight: 'balanced' })
  expect((await goOn([11 / (3 * 6), 11 / (3 * 3), 11 / (3 * 2)], balanced)).epoch).toEqual([0, 1])
})

test('the same bits for every number of threads, and other weights compile another step', async () => {
  const pictures = tinyPictures(11)
  const classes = labelsOf([0, 1, 2, 3, 0, 0, 0, 1, 0, 2, 0])
  const trained = async (threads: number, ...weights: FitOptions['classWeight'][]) => {
    const model = pictureModel(wasmBackend)
    for (const given of weights)
      await model.fit(pictures, classes, {
        ...quiet,
        epochs: 2,
        batchSize: 4,
        threads,
        ...(given && { classWeight: given }),
      })
    return weightsOf(model)
  }
  expect(await trained(2, 'balanced')).toEqual(await trained(1, 'balanced'))
  const both = await trained(1, [1, 2, 3, 4], [4, 3, 2, 1])
  expect(both).not.toEqual(await trained(1, [1, 2, 3, 4], [1, 2, 3, 4]))
  expect(await trained(1, [1, 1, 1, 1])).toEqual(await trained(1, undefined))
})

test('the search for a learning rate sees the weighted loss', async () => {
  const { losses } = await tinyModel().findLearningRate(x, y, { steps: 10, batchSize: 11 })
  const weighted = await tinyModel().findLearningRate(x, y, {
    steps: 10,
    batchSize: 11,
    classWeight: [2, 2, 2],
  })
  expect(weighted.losses[0]).toBeCloseTo(2 * losses[0]!, 6)
})

test('a training that diverges with weights says where', async () => {
  const model = tinyModel({}, { optimizer: adam({ learningRate: 1e38 }) })
  await expect(model.fit(x, y, { ...quiet, batchSize: 4, epochs: 20, classWeight })).rejects.toThrow(
    /became (NaN|Infinity|-Infinity) at/,
  )
})

test.each([
  [
    [1, 2],
    'fit: classWeight must have one number for each of 3 classes, but 2 came.\n  List them in class order.',
  ],
  [[1, -1, 1], 'fit: classWeight[1] must be a finite number of at least 0, but -1 came.'],
  [[1, 1, Number.NaN], 'fit: classWeight[2] must be a finite number of at least 0, but NaN came.'],
  [[1, '2', 1], 'fit: classWeight[1] must be a finite number of at least 0, but "2" came.'],
  [[0, 0, 0], 'fit: every classWeight is 0, so nothing would be learned.'],
  ['balance', 'fit: classWeight must be a list of numbers or "balanced", but "balance" came.'],
  [{ 0: 1 }, 'fit: classWeight must be a list of numbers or "balanced", but {"0":1} came.'],
])('%j is refused before the first step', async (given, message) => {
  const model = tinyModel()
  const before = weightsOf(model)
  await expect(model.fit(x, y, { ...quiet, classWeight: given as never })).rejects.toThrow(message)
  expect(weightsOf(model)).toEqual(before)
})

test('labels that are no classes have no weights', async () => {
  const squares = tinyModel({}, { loss: 'meanSquaredError' })
  await expect(squares.fit(x, y, { ...quiet, classWeight })).rejects.toThrow(
    'fit: classWeight weighs classes, but the loss meanSquaredError of 3 values a row has none.\n' +
      '  Give the last layer one unit a class and use categoricalCrossentropy, or leave classWeight out.',
  )
  const single = tinyNetwork({ units: 1 })
  single.compile({ loss: 'categoricalCrossentropy', backend: float32Reference })
  const values = new Tensor(Float32Array.from(y.data, Number), [11, 1])
  await expect(single.fit(x, values, { ...quiet, classWeight: [1] })).rejects.toThrow(
    'fit: classWeight weighs classes, but the loss categoricalCrossentropy of one value a row has none.',
  )
  const shares = new Tensor(
    Float32Array.from({ length: 33 }, () => 1 / 3),
    [11, 3],
  )
  await expect(tinyModel().fit(x, shares, { ...quiet, classWeight: 'balanced' })).rejects.toThrow(
    'fit: classWeight needs y to say one class a row, but some rows are shares of several.',
  )
})
