import { expect, test } from 'vitest'
import { Tensor } from '../../base/tensor.js'
import { wasmBackend } from '../../engine/backends/wasm/wasm.js'
import { dense, flatten } from '../../nn/layers/index.js'
import type { Checkpoint } from '../checkpoint.js'
import type { FitOptions } from '../fit-options.js'
import { adam } from '../optimizers/index.js'
import { pictureModel, tinyPictures, useTwoThreads } from '../pictures.fixture.js'
import { float32Reference, quiet, tinyData, tinyModel, weightsOf } from '../tiny.fixture.js'
import * as augment from './index.js'

useTwoThreads()

const { x, y } = tinyData(11)
const steps = [augment.flip(), augment.shift({ pixels: 1 }), augment.contrast({ range: 0.3 })]
const mixing = [...steps, augment.mixup({ alpha: 1 }), augment.cutmix({ p: 0.5 })]
const options: FitOptions = { ...quiet, epochs: 3, batchSize: 4, augment: mixing, seed: 9 }
const newModel = () => tinyModel({ rate: 0.3 }, { optimizer: adam({ learningRate: 0.05 }) })

test('training sees what apply shows', async () => {
  const once: FitOptions = { ...quiet, batchSize: 11, shuffle: false, seed: 9 }
  const augmented = newModel()
  await augmented.fit(x, y, { ...once, augment: steps })
  const shown = newModel()
  await shown.fit(await augment.apply(x, steps, { seed: 9, backend: float32Reference }), y, once)
  const asTheyAre = newModel()
  await asTheyAre.fit(x, y, once)
  expect(weightsOf(augmented)).toEqual(weightsOf(shown))
  expect(weightsOf(augmented)).not.toEqual(weightsOf(asTheyAre))
})

test('every epoch sees something else, and a second fit goes on counting', async () => {
  const twice = newModel()
  await twice.fit(x, y, { ...options, epochs: 1 })
  await twice.fit(x, y, { ...options, epochs: 1 })
  const whole = newModel()
  await whole.fit(x, y, { ...options, epochs: 2 })
  expect(weightsOf(twice)).toEqual(weightsOf(whole))
})

test('a training that goes on after any step ends with the same bits', async () => {
  const whole = newModel()
  await whole.fit(x, y, options)
  for (const stopAfter of [1, 3, 5]) {
    let saved: Checkpoint | undefined
    let done = 0
    await newModel().fit(x, y, {
      ...options,
      checkpoint: { save: async checkpoint => void (saved = checkpoint) },
      callbacks: [{ onBatchEnd: (_, { stop }) => void (++done === stopAfter && stop()) }],
    })
    const resumed = newModel()
    await resumed.fit(x, y, { ...options, resume: saved! })
    expect(weightsOf(resumed)).toEqual(weightsOf(whole))
  }
})

/** Pictures of 8×8, a small convolutional network. */
function seeingModel() {
  const model = pictureModel(wasmBackend)
  const labels = Uint8Array.from({ length: 11 }, (_, row) => row % 4)
  const [pictures, classes] = [tinyPictures(11), new Tensor(labels, [11])]
  return { model, fit: (more: FitOptions) => model.fit(pictures, classes, { ...options, ...more }) }
}

test('pictures that are mirrored and moved are the same after any interruption, on the fast backend too', async () => {
  const moved = { augment: [augment.flip(), augment.shift({ pixels: 2 })] }
  const whole = seeingModel()
  await whole.fit(moved)
  for (const stopAfter of [2, 3, 7]) {
    let saved: Checkpoint | undefined
    let done = 0
    await seeingModel().fit({
      ...moved,
      checkpoint: { save: async checkpoint => void (saved = checkpoint) },
      callbacks: [{ onBatchEnd: (_, { stop }) => void (++done === stopAfter && stop()) }],
    })
    const resumed = seeingModel()
    await resumed.fit({ ...moved, resume: saved! })
    expect(weightsOf(resumed.model)).toEqual(weightsOf(whole.model))
  }
})

test('a training goes on with the augmentation it began with, and with no other', async () => {
  const checkpointOf = async (augment: FitOptions['augment']) => {
    let saved: Checkpoint | undefined
    const save = async (checkpoint: Checkpoint) => void (saved = checkpoint)
    await newModel().fit(x, y, { ...options, epochs: 1, augment: augment!, checkpoint: { save } })
    return { ...saved!, state: JSON.parse(JSON.stringify(saved!.state)) as Checkpoint['state'] }
  }
  const goOn = (augment: FitOptions['augment'], resume: Checkpoint) =>
    newModel().fit(x, y, { ...options, augment: augment!, resume })
  const flipped = await checkpointOf([augment.flip()])
  await expect(goOn([augment.flip({ p: 0.25 })], flipped)).rejects.toThrow(
    'fit: the checkpoint was made with augment [{"name":"flip","p":0.5}], but augment [{"name":"flip","p":0.25}] came.\n' +
      '  Give augment as before, or begin a new training.',
  )
  await expect(goOn([], flipped)).rejects.toThrow(
    'made with augment [{"name":"flip","p":0.5}], but no augment came.',
  )
  await expect(goOn([augment.flip()], await checkpointOf([]))).rejects.toThrow(
    'made with no augment, but augment [{"name":"flip","p":0.5}] came.\n  Leave augment out, or begin a new training.',
  )
  // However it is written down: options that are not there have their defaults.
  expect((await goOn([{ name: 'flip' }], flipped)).epoch).toEqual([0, 1, 2])
  const { augment: _, ...earlier } = flipped.state
  expect((await goOn([], { ...flipped, state: earlier })).epoch).toEqual([0, 1, 2])
})

test('the same weights for every number of threads', async () => {
  const trained = async (threads: number) => {
    const model = pictureModel(wasmBackend, [
      flatten({ inputShape: [2, 2, 1] }),
      dense({ units: 3, activation: 'softmax' }),
    ])
    await model.fit(x, y, { ...options, threads })
    return weightsOf(model)
  }
  expect(await trained(2)).toEqual(await trained(1))
})

test('validation and training rows are measured as they are', async () => {
  const model = newModel()
  const { history } = await model.fit(x, y, { ...options, validationData: [x, y], trainEvaluation: true })
  const [loss] = await model.evaluate(x, y)
  expect(history.val_loss!.at(-1)).toBe(loss)
  expect(history.train_eval_loss!.at(-1)).toBe(loss)
})

test('mixed labels are shares of two classes, whatever form y came in', async () => {
  const oneHot = new Tensor(
    Float32Array.from({ length: 33 }, (_, at) => Number(y.data[Math.floor(at / 3)] === at % 3)),
    [11, 3],
  )
  const [numbers, rows] = [newModel(), newModel()]
  await numbers.fit(x, y, options)
  await rows.fit(x, oneHot, options)
  expect(weightsOf(rows)).toEqual(weightsOf(numbers))
})

test('what cannot be mixed is refused before the first step', async () => {
  const sparse = tinyModel({}, { loss: 'sparseCategoricalCrossentropy' })
  await expect(sparse.fit(x, y, { ...options, augment: [augment.mixup()] })).rejects.toThrow(
    'fit: mixup mixes two classes, but the loss sparseCategoricalCrossentropy takes one class number a picture.\n' +
      '  Use categoricalCrossentropy, whose rows can be shares of two classes. y may stay as it is.',
  )
  await sparse.fit(x, y, { ...options, augment: steps })
  await expect(
    newModel().fit(x, y, { ...options, batchSize: 1, augment: [augment.cutmix()] }),
  ).rejects.toThrow(
    'fit: cutmix mixes each picture with another one of its batch, but batchSize is 1.\n  Give a batchSize of at least 2.',
  )
})

test('a training that diverges says where, with the pictures augmented as they were', async () => {
  const model = tinyModel({}, { optimizer: adam({ learningRate: 1e38 }) })
  await expect(model.fit(x, y, { ...options, epochs: 20 })).rejects.toThrow(
    /became (NaN|Infinity|-Infinity) at/,
  )
})

test('plan lists what augmentation computes, and measures it with the step', async () => {
  const model = newModel()
  const plan = await model.plan({ batchSize: 4, augment: mixing })
  const ops = plan.kernels.filter(({ label }) => label === 'augmentation').map(({ op }) => op)
  expect(ops).toEqual(['movePictures', 'recolourPictures', 'mixRows', 'mixRows', 'pasteBoxes', 'mixRows'])
  await expect(model.plan({ kind: 'predict', augment: steps })).rejects.toThrow(
    'plan: augment belongs to a training step, but the kind is "predict".',
  )
})
