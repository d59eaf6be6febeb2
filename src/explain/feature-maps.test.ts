import { expect, test } from 'vitest'
import { Tensor } from '../base/tensor.js'
import { reference } from '../engine/backends/reference/reference.js'
import { classifying, pictureModel, seeing, tinyPictures } from '../train/pictures.fixture.js'
import { featureMaps } from './feature-maps.js'
import { readableUnit } from './readable-unit.js'

const x = tinyPictures()
const picture = x.slice(2, 3)
const layers = [...seeing(), ...classifying()]

test('the maps of every layer that makes a picture, as tones that say what was done', async () => {
  const model = pictureModel(reference)
  const shown = await featureMaps(model, picture)
  expect(shown.sentence).toBe(
    'How many grey levels one stands for is chosen for each layer, so that it can be seen.',
  )
  expect(shown.layers.map(({ layer, grid }) => [layer, ...grid])).toEqual([
    ['conv2d', 8, 8, 3],
    ['max_pooling2d', 4, 4, 3],
    ['conv2d_1', 4, 4, 5],
    ['batch_normalization', 4, 4, 5],
    ['activation', 4, 4, 5],
  ])
  const [values, { tones, range, unit }] = [
    (await model.activations(picture)).get('conv2d_1')!.data,
    shown.layers[2]!.after,
  ]
  expect(range).toEqual([Math.min(...values), Math.max(...values)])
  expect(unit).toBe(readableUnit(values))
  // Shifted first, then cut off.
  values.forEach((value, i) =>
    expect(tones.bytes[i]).toBe(Math.max(0, Math.min(255, Math.round(unit! * value) + tones.shift!))),
  )
  expect(tones.shift).toBeGreaterThan(0)
  expect(tones.sentence).toContain(`One stands for ${unit} grey levels. Shifted by ${tones.shift}`)
  const cut = values.filter(value => {
    const level = Math.round(unit! * value) + tones.shift!
    return level < 0 || level > 255
  })
  const share = ((100 * cut.length) / values.length).toFixed(1)
  expect(shown.layers[2]!.after.note).toBe(
    `One is ${unit} grey levels. Shifted by ${tones.shift}; ${cut.length === 0 ? 'nothing cut off' : `${share} % cut off`}.`,
  )
  expect(shown.layers[2]!.before).toBeNull()
})

test('before and after training, and the maps that are 0 everywhere', async () => {
  const before = pictureModel(reference)
  const after = pictureModel(reference, layers)
  const weights = after.getWeights()
  weights.get('conv2d/bias')!.data[0] = -100
  after.setWeights(weights)
  const [first, ...rest] = (await featureMaps(after, picture, { before, layers: ['conv2d', 'dense'] })).layers
  expect(first!.before!.silent).not.toContain(0)
  expect(first!.after.silent).toContain(0)
  expect(first!.before!.tones.bytes).not.toEqual(first!.after.tones.bytes)
  expect(rest.map(({ layer, grid }) => [layer, ...grid])).toEqual([['dense', 1, 1, 4]])
})

test('one unit for all layers', async () => {
  const shown = await featureMaps(pictureModel(reference), picture, { unit: 255 })
  expect(shown.sentence).toBe('In every layer one is 255 grey levels.')
  expect(shown.layers.map(({ after }) => after.unit)).toEqual(shown.layers.map(() => 255))
})

test('other rules for tones; a picture without a batch axis', async () => {
  const plain = new Tensor(picture.data, picture.shape.slice(1), picture.scaling)
  const { layers } = await featureMaps(pictureModel(reference), plain, {
    tones: 'symmetric',
    layers: ['conv2d_1'],
  })
  const { tones, range } = layers[0]!.after
  const end = Math.max(-range[0], range[1])
  expect(tones.how).toBe('symmetric')
  expect(tones.ends).toEqual([-end, end])
})

test('several pictures are refused, and a layer nobody knows', async () => {
  const model = pictureModel(reference)
  await expect(featureMaps(model, x)).rejects.toThrow(
    'featureMaps: one picture was expected, [H, W, C] or [1, H, W, C], but [5, 8, 8, 2] came.',
  )
  await expect(featureMaps(model, picture, { layers: ['conv'] })).rejects.toThrow('Unknown layer "conv".')
})
