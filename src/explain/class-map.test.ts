import { expect, test } from 'vitest'
import { reference } from '../engine/backends/reference/reference.js'
import { dense, flatten, globalAveragePooling2d } from '../nn/layers/index.js'
import { pictureModel, seeing, tinyPictures } from '../train/pictures.fixture.js'
import { classMap, type FocusMethod } from './class-map.js'

const x = tinyPictures()
const classes = [2, 0, 3, 1, 2]
const places = 4 * 4

test('before a flat linear layer, HiResCAM adds up to the score less the bias', async () => {
  const model = pictureModel(reference, [...seeing(), flatten(), dense({ units: 4, activation: 'softmax' })])
  const weights = model.getWeights()
  weights.get('dense/bias')!.data.set([0.5, -1, 2, 0.25])
  model.setWeights(weights)
  const attention = await model.attention(x, { classes })
  classes.forEach((label, row) => {
    const { width, height, values } = classMap(attention, row, 'hirescam')
    expect([width, height]).toEqual([4, 4])
    const sum = values.reduce((sum, value) => sum + value, 0)
    const score = attention.scores.data[row * 4 + label]!
    expect(sum + weights.get('dense/bias')!.data[label]!).toBeCloseTo(score, 5)
  })
})

test.each<FocusMethod>([
  'gradcam',
  'hirescam',
])('behind global average pooling, %s is the class activation map over h · w', async method => {
  const model = pictureModel(reference, [
    ...seeing(),
    globalAveragePooling2d(),
    dense({ units: 4, activation: 'softmax' }),
  ])
  const attention = await model.attention(x, { classes })
  const kernel = model.getWeights().get('dense/kernel')! // [5, 4]
  const seen = (await model.activations(x)).get('activation')!.data
  classes.forEach((label, row) => {
    const { values } = classMap(attention, row, method)
    values.forEach((value, place) => {
      let cam = 0 // Zhou et al.: the maps, weighted with what the dense layer gives them for this class
      for (let channel = 0; channel < 5; channel++)
        cam += kernel.data[channel * 4 + label]! * seen[(row * places + place) * 5 + channel]!
      expect(value).toBeCloseTo(cam / places, 7)
    })
  })
})

test('behind a flat layer Grad-CAM is another map than HiResCAM', async () => {
  const model = pictureModel(reference)
  const attention = await model.attention(x, { classes })
  const { maps, gradients } = attention
  const values = classMap(attention, 1, 'gradcam').values
  expect(values).not.toEqual(classMap(attention, 1, 'hirescam').values)
  let sum = 0 // at place 6: the mean slope of each channel times what is there
  for (let channel = 0; channel < 5; channel++) {
    const slopes = Array.from(
      { length: places },
      (_, place) => gradients.data[(places + place) * 5 + channel]!,
    )
    const mean = slopes.reduce((sum, slope) => sum + slope, 0) / places
    sum += mean * maps.data[(places + 6) * 5 + channel]!
  }
  expect(values[6]).toBeCloseTo(sum, 10)
})

test('offers the nearest method', async () => {
  const attention = await pictureModel(reference).attention(x)
  const unknown = 'grad-cam2' as FocusMethod
  expect(() => classMap(attention, 0, unknown)).toThrow(
    'Unknown method "grad-cam2".\n  Did you mean "gradcam"?',
  )
})
