import { expect, test } from 'vitest'
import type { Tensor } from '../base/tensor.js'
import { reference } from '../engine/backends/reference/reference.js'
import { wasmBackend } from '../engine/backends/wasm/wasm.js'
import type { ActivationOptions } from './activations.js'
import { pictureModel, tinyPictures, useTwoThreads } from './pictures.fixture.js'
import { tinyModel } from './tiny.fixture.js'

useTwoThreads()

const x = tinyPictures()
const layerNames = [
  'conv2d',
  'max_pooling2d',
  'conv2d_1',
  'batch_normalization',
  'activation',
  'flatten',
  'dense',
]

const largestDistance = (a: Float32Array, b: Float32Array): number =>
  a.reduce(
    (most, value, i) => Math.max(most, Math.abs(value - b[i]!)),
    a.length === b.length ? 0 : Number.NaN,
  )

test('every layer gives what it makes, with its shape', async () => {
  const activations = await pictureModel(wasmBackend).activations(x)
  expect([...activations.keys()]).toEqual(layerNames)
  expect([...activations.values()].map(({ shape }) => shape)).toEqual([
    [5, 8, 8, 3],
    [5, 4, 4, 3],
    [5, 4, 4, 5],
    [5, 4, 4, 5],
    [5, 4, 4, 5],
    [5, 80],
    [5, 4],
  ])
  const relu = activations.get('conv2d')!.data
  expect(relu.some(value => value > 0)).toBe(true)
  expect(relu.every(value => value >= 0)).toBe(true)
  expect(activations.get('conv2d_1')!.data.some(value => value < 0)).toBe(true)
})

test('they are those of the float64 reference', async () => {
  const fast = await pictureModel(wasmBackend).activations(x)
  const exact = await pictureModel(reference).activations(x)
  // Sums of at most 80 products below 1 in float32: 80 · 2^-24 each, through three layers.
  for (const name of layerNames)
    expect(largestDistance(fast.get(name)!.data, exact.get(name)!.data)).toBeLessThan(2e-5)
})

test('the last layer says what predict says, bit for bit', async () => {
  const model = pictureModel(wasmBackend)
  const { data } = await model.predict(x)
  expect((await model.activations(x)).get('dense')!.data).toEqual(data)
  expect((await model.activations(x, { layers: ['dense'] })).get('dense')!.data).toEqual(data)
})

test('neither threads, nor the batch size, nor the layers asked for change a number', async () => {
  const all = await pictureModel(wasmBackend).activations(x, { threads: 1 })
  const same = async (options: ActivationOptions) => {
    for (const [name, { data }] of await pictureModel(wasmBackend).activations(x, options))
      expect(data).toEqual(all.get(name)!.data)
  }
  expect((await pictureModel(wasmBackend).plan({ kind: 'predict', threads: 2 })).threads).toBe(2)
  await same({ threads: 2 })
  await same({ batchSize: 2 })
  await same({ layers: ['conv2d_1', 'conv2d'] })
})

test('batch by batch they are the same rows', async () => {
  const model = pictureModel(wasmBackend)
  const all = (await model.activations(x, { layers: ['activation'] })).get('activation')!
  const seen: [number, Tensor<Float32Array>][] = []
  for await (const { from, activations } of model.activationBatches(x, {
    layers: ['activation'],
    batchSize: 2,
  }))
    seen.push([from, activations.get('activation')!])
  expect(seen.map(([from, { rows }]) => [from, rows])).toEqual([
    [0, 2],
    [2, 2],
    [4, 1],
  ])
  for (const [from, { data, rows }] of seen) expect(data).toEqual(all.slice(from, from + rows).data)
})

test('asking changes no weight', async () => {
  const model = pictureModel(wasmBackend)
  const before = model.getWeights()
  await model.activations(x)
  expect(model.getWeights()).toEqual(before)
})

test('says what cannot be', async () => {
  const model = pictureModel(reference)
  const refused = (options: object) => expect(model.activations(x, options)).rejects
  await refused({ layers: ['conv2D_2'] }).toThrow('Unknown layer "conv2D_2".\n  Did you mean "conv2d')
  await refused({ layers: ['input_layer'] }).toThrow('Unknown layer "input_layer".')
  await refused({ batchSize: 0 }).toThrow('activations: batchSize must be a whole number of at least 1')
  await refused({ layer: 'conv2d' }).toThrow('activations: unknown option "layer".\n  Did you mean "layers"?')
  await expect(tinyModel().activations(x)).rejects.toThrow('takes 2×2×1 per sample, but x has 8×8×2')
})
