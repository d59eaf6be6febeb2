import { expect, test } from 'vitest'
import { reference } from '../engine/backends/reference/reference.js'
import { wasmBackend } from '../engine/backends/wasm/wasm.js'
import { classifying, pictureModel, seeing, tinyPictures } from '../train/pictures.fixture.js'
import { deadShare, layerActivity } from './dead-filters.js'

const x = tinyPictures(7)

/** Filter 1 of the first convolution can never be above 0. */
function modelWithDeadFilter(backend = wasmBackend) {
  const model = pictureModel(backend, [...seeing(), ...classifying()])
  const weights = model.getWeights()
  weights.get('conv2d/bias')!.data[1] = -100
  model.setWeights(weights)
  return model
}

test('finds the filters of relu layers that are 0 everywhere', async () => {
  const activities = await layerActivity(modelWithDeadFilter(), x)
  expect(activities.map(({ layer, dead, filters }) => [layer, dead, filters])).toEqual([
    ['conv2d', [1], 3],
    ['max_pooling2d', null, 3],
    ['conv2d_1', null, 5],
    ['batch_normalization', null, 5],
    ['activation', null, 5],
    ['flatten', null, 80],
    ['dense', null, 4],
  ])
  expect(deadShare(activities[0]!)).toBe(1 / 3)
  expect(deadShare(activities[1]!)).toBeNull()
})

test('ranges are those of all numbers, however they are batched', async () => {
  const all = await modelWithDeadFilter(reference).activations(x)
  for (const batchSize of [2, 32])
    for (const { layer, range } of await layerActivity(modelWithDeadFilter(reference), x, { batchSize })) {
      const values = all.get(layer)!.data
      expect(range).toEqual([Math.min(...values), Math.max(...values)])
    }
})

test('a filter that lives on a single picture is not dead, but on the others it is', async () => {
  const model = pictureModel(reference)
  const values = (await model.activations(x, { layers: ['conv2d'] })).get('conv2d')!
  const highest = (rows: number) => {
    const data = values.slice(0, rows).data
    return Math.max(...data.filter((_, i) => i % 3 === 2))
  }
  const weights = model.getWeights()
  // The bias lets through only what is higher than all of the first three pictures hold.
  const bias = weights.get('conv2d/bias')!.data
  bias[2] = -highest(3) - 1e-4
  model.setWeights(weights)
  const deadOf = async (pictures: number) =>
    (await layerActivity(model, x, { pictures, layers: ['conv2d'] }))[0]!.dead
  expect(await deadOf(3)).toEqual([2])
  expect(await deadOf(7)).toEqual(highest(7) > highest(3) + 1e-4 ? [] : [2])
  expect(highest(7)).toBeGreaterThan(highest(3) + 1e-4)
})
