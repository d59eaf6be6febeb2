import { expect, test } from 'vitest'
import { Tensor } from '../base/tensor.js'
import type { ModelFile } from '../io/model-file.js'
import * as layers from '../nn/layers/index.js'
import { Sequential } from '../train/sequential.js'
import { Classifier } from './classifier.js'
import type { Prediction } from './prediction.js'

const calibration = {
  temperature: 2,
  threshold: 0.6,
  reliability: 0.9,
  pictures: 100,
  answered: 0.5,
  expectedCalibrationError: { before: 0.1, after: 0.02 },
}

/** Two classes, the light of a 2×2 picture's left column against that of its right: softmax of Σ left, Σ right. */
function leftOrRight(more: Partial<ModelFile> = {}): ModelFile {
  const model = new Sequential([
    layers.flatten({ inputShape: [2, 2, 1] }),
    layers.dense({ units: 2, activation: 'softmax', useBias: false }),
  ])
  const kernel = new Tensor(Float32Array.from([1, 0, 0, 1, 1, 0, 0, 1]), [4, 2])
  return {
    network: model.network,
    weights: new Map([['dense/kernel', kernel]]),
    classNames: ['left', 'right'],
    preprocessing: { scale: 1 / 255, offset: 0 },
    ...more,
  }
}

const classifierOf = (file: ModelFile, decode = nothing) => new Classifier(file, 'model', decode)
const nothing = (): Promise<Tensor<Uint8Array>> => Promise.reject(new Error('nothing is decoded here'))

/** A grey picture from its rows. */
const grey = (...rows: number[][]) =>
  new Tensor(Uint8Array.from(rows.flat()), [rows.length, rows[0]!.length, 1])

/** Softmax of two logits, the first. */
const first = (a: number, b: number) => 1 / (1 + Math.exp(b - a))

const bright = grey([255, 0], [255, 0])

test('bytes are scaled as in training, and answers carry the names', async () => {
  const [{ answers, sure }] = (await classifierOf(leftOrRight()).classify([bright])) as [Prediction]
  expect(answers.map(({ className }) => className)).toEqual(['left', 'right'])
  expect(answers[0]!.probability).toBeCloseTo(first(2, 0), 6)
  expect(answers[1]!.probability).toBeCloseTo(first(0, 2), 6)
  expect(sure).toBeNull()
})

test('the temperature is applied, and its threshold says what is sure', async () => {
  const classifier = classifierOf(leftOrRight({ calibration }))
  const half = grey([255, 153], [255, 153]) // logits 2 and 1.2
  const [clear, doubtful] = await classifier.classify([bright, half])
  expect(clear!.answers[0]!.probability).toBeCloseTo(first(1, 0), 6)
  expect(clear!.sure).toBe(true)
  expect(doubtful!.answers[0]!.probability).toBeCloseTo(first(1, 0.6), 6)
  expect(doubtful!.sure).toBe(false)
})

/** Dark margins left and right of the picture that counts. */
const wide = grey([0, 0, 200, 40, 0, 0], [0, 0, 200, 40, 0, 0])

test('pictures of other proportions become what the file says', () => {
  const prepared = (pictureFit?: ModelFile['pictureFit']) => {
    const { data, shape } = classifierOf(leftOrRight({ pictureFit })).prepare(wide)
    expect(shape).toEqual([2, 2, 1])
    return [...data]
  }
  expect(prepared('crop')).toEqual([200, 40, 200, 40])
  const [left, right] = prepared('stretch')
  expect(left).toBeGreaterThan(right!)
  expect(left).toBeLessThan(120)
  expect(prepared()).toEqual(prepared('stretch'))
  expect(prepared('pad').slice(2)).toEqual([0, 0])
})

test('predict decodes as many channels as the network takes, and fits', async () => {
  const asked: unknown[] = []
  const classifier = new Classifier(
    leftOrRight({ pictureFit: 'crop' }),
    'model',
    async (source: string, channels) => {
      asked.push([source, channels])
      return wide
    },
  )
  const { answers } = await classifier.predict('a picture')
  expect(asked).toEqual([['a picture', 1]])
  expect(answers[0]!.probability).toBeCloseTo(first(400 / 255, 80 / 255), 6)
  expect([...(await classifier.read('another')).data]).toEqual([200, 40, 200, 40])
})

test('many pictures are answered as each alone, in their order', async () => {
  const classifier = classifierOf(leftOrRight())
  const pictures = Array.from({ length: 70 }, (_, i) => grey([3 * i, 100], [3 * i, 100]))
  const together = await classifier.classify(pictures)
  expect(together).toHaveLength(70)
  for (const row of [0, 33, 63, 64, 69])
    expect(together[row]).toEqual((await classifier.classify([pictures[row]!]))[0])
  expect(await classifier.classify([])).toEqual([])
})

test('a file without names, scaling and calibration will do', async () => {
  const { network, weights } = leftOrRight()
  const [prediction] = await classifierOf({ network, weights }).classify([grey([1, 0], [1, 0])])
  expect(prediction!.answers.map(({ className }) => className)).toEqual(['class 0', 'class 1'])
  expect(prediction!.answers[0]!.probability).toBeCloseTo(first(2, 0), 6)
})

test('a picture of other channels is refused with what to do', () => {
  const colour = new Tensor(new Uint8Array(12), [2, 2, 3])
  expect(() => classifierOf(leftOrRight()).prepare(colour)).toThrow(
    'model takes pictures of 1 channel, but 2×2×3 came.\n  Decode it as grey.',
  )
})

test.each([
  [
    'rows of numbers',
    [layers.dense({ units: 2, inputShape: [4] })],
    'does not take pictures of height×width×1 or ×3',
  ],
  [
    'two channels',
    [layers.flatten({ inputShape: [2, 2, 2] }), layers.dense({ units: 2 })],
    'does not take pictures of height×width×1 or ×3',
  ],
  [
    'a picture out',
    [layers.conv2d({ filters: 2, kernelSize: 1, inputShape: [2, 2, 3] })],
    'does not end in one row',
  ],
])('a network of %s is no classifier of pictures', (_, list, message) => {
  const model = new Sequential(list)
  expect(() => classifierOf({ network: model.network, weights: model.getWeights() })).toThrow(message)
})
