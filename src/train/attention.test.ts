import { expect, test } from 'vitest'
import { Tensor } from '../base/tensor.js'
import { reference } from '../engine/backends/reference/reference.js'
import { wasmBackend } from '../engine/backends/wasm/wasm.js'
import { conv2d, dense, flatten, globalAveragePooling2d } from '../nn/layers/index.js'
import { classifying, pictureModel, seeing, tinyPictures, useTwoThreads } from './pictures.fixture.js'
import { Sequential } from './sequential.js'
import { tinyData, tinyModel } from './tiny.fixture.js'

useTwoThreads()

const x = tinyPictures()
const classes = [0, 3, 2, 1, 2]

test('gives what the layer saw, the scores before the softmax, and what predict says', async () => {
  const model = pictureModel(wasmBackend)
  const attention = await model.attention(x, { classes })
  expect(attention.layer).toBe('activation')
  expect(attention.maps.data).toEqual((await model.activations(x)).get('activation')!.data)
  expect(attention.predictions.data).toEqual((await model.predict(x)).data)
  expect([...attention.classes]).toEqual(classes)
  attention.predictions.data.forEach((probability, i) => {
    const row = attention.scores.slice(Math.floor(i / 4), Math.floor(i / 4) + 1).data
    const sum = row.reduce((sum, score) => sum + Math.exp(score), 0)
    expect(probability).toBeCloseTo(Math.exp(attention.scores.data[i]!) / sum, 6)
  })
})

/** The network behind its first five layers, as a network of its own that takes what they make. */
async function headOf(model: Sequential): Promise<Sequential> {
  const head = new Sequential([
    conv2d({ filters: 4, kernelSize: 3, activation: 'tanh', inputShape: [4, 4, 5] }),
    flatten(),
    dense({ units: 4 }),
  ])
  head.compile({ loss: 'meanSquaredError', backend: reference })
  const given = model.getWeights()
  head.setWeights(
    new Map([
      ['conv2d/kernel', given.get('conv2d_2/kernel')!],
      ['conv2d/bias', given.get('conv2d_2/bias')!],
      ['dense/kernel', given.get('dense/kernel')!],
      ['dense/bias', given.get('dense/bias')!],
    ]),
  )
  return head
}

test('the gradients are those of central differences in the float64 reference', async () => {
  const layers = [...seeing(), conv2d({ filters: 4, kernelSize: 3, activation: 'tanh' }), ...classifying()]
  const model = pictureModel(reference, layers)
  const { maps, gradients } = await model.attention(x, { classes, layer: 'activation' })
  const head = await headOf(model)
  const step = 2 ** -7
  const length = maps.data.length / x.rows
  for (const place of [0, 17, 42, 79]) {
    const moved = async (by: number) => {
      const data = maps.data.slice()
      for (let row = 0; row < x.rows; row++) data[row * length + place]! += by
      return (await head.predict(new Tensor(data, maps.shape))).data
    }
    const [up, down] = [await moved(step), await moved(-step)]
    classes.forEach((label, row) => {
      const slope = (up[row * 4 + label]! - down[row * 4 + label]!) / (2 * step)
      // Step² of the third derivative, and the float32 in which outputs are handed over: 2^-24 / step.
      expect(Math.abs(gradients.data[row * length + place]! - slope)).toBeLessThan(1e-4)
    })
  }
})

test('each row has its own gradient: neither other rows, nor batches, nor threads change it', async () => {
  const model = () => pictureModel(wasmBackend, [...seeing(), globalAveragePooling2d(), dense({ units: 4 })])
  const all = await model().attention(x, { classes, threads: 1 })
  const exact = await pictureModel(reference, [
    ...seeing(),
    globalAveragePooling2d(),
    dense({ units: 4 }),
  ]).attention(x, { classes })
  const two = await model().attention(x, { classes, threads: 2 })
  expect(two.gradients.data).toEqual(all.gradients.data)
  all.gradients.data.forEach((value, i) => expect(value).toBeCloseTo(exact.gradients.data[i]!, 6))
  const small = await model().attention(x, { classes, batchSize: 2 })
  small.gradients.data.forEach((value, i) => expect(value).toBeCloseTo(exact.gradients.data[i]!, 6))
})

test('without classes it looks into those the rows are taken for', async () => {
  const model = pictureModel(wasmBackend)
  const { classes, scores } = await model.attention(x)
  for (let row = 0; row < x.rows; row++) {
    const own = scores.slice(row, row + 1).data
    expect(classes[row]).toBe(own.indexOf(Math.max(...own)))
  }
})

test('a network with a single output looks into that', async () => {
  const { gradients } = await pictureModel(reference, [
    ...seeing(),
    flatten(),
    dense({ units: 1, activation: 'sigmoid' }),
  ]).attention(x)
  expect(gradients.data.some(value => value !== 0)).toBe(true)
})

test('says what cannot be seen', async () => {
  const model = pictureModel(reference)
  const refused = (options: object) => expect(model.attention(x, options)).rejects
  await refused({ layer: 'flatten' }).toThrow(
    'The output of "flatten" is 80, no picture: it does not say where something is.\n' +
      '  Layers with pictures: conv2d, max_pooling2d, conv2d_1, batch_normalization, activation.',
  )
  await refused({ layer: 'convd' }).toThrow('Unknown layer "convd".\n  Did you mean "conv2d"?')
  await refused({ classes: [1, 2] }).toThrow('attention: x has 5 rows, but 2 classes came.')
  await refused({ classes: [0, 1, 2, 3, 4] }).toThrow('knows the classes 0 … 3, but 4 came.')
  await expect(tinyModel().attention(tinyData().x)).rejects.toThrow(
    'Sequential "sequential" has no convolution: no layer keeps the places of a picture',
  )
})
