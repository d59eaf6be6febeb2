import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { Tensor } from '../base/tensor.js'
import { conv2d, dense, flatten } from '../nn/layers/index.js'
import { Sequential } from '../train/sequential.js'
import { loadModel, saveModel } from './model-files.js'

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'fovea-models-'))
})

afterEach(() => rmSync(folder, { recursive: true, force: true }))

const makeModel = () =>
  new Sequential(
    [
      conv2d({ filters: 3, kernelSize: 3, activation: 'relu', inputShape: [6, 5, 2] }),
      flatten(),
      dense({ units: 4, activation: 'softmax' }),
    ],
    { seed: 3 },
  )

const pictures = new Tensor(
  Uint8Array.from({ length: 120 }, (_, i) => (i * 37) % 256),
  [2, 6, 5, 2],
)

test('a loaded model predicts the same bits', async () => {
  const model = makeModel()
  const x = pictures.scaled(1 / 255, -0.5)
  await saveModel(model, join(folder, 'a.safetensors'))
  const loaded = await loadModel(join(folder, 'a.safetensors'))
  expect((await loaded.predict(x)).data).toEqual((await model.predict(x)).data)
  expect(loaded.summary({ print: false })).toBe(model.summary({ print: false }))
})

test('the scaling a model was trained with is part of its file', async () => {
  const model = makeModel()
  model.preprocessing = { scale: 1 / 255, offset: -0.5 }
  await saveModel(model, join(folder, 'a.safetensors'))
  expect((await loadModel(join(folder, 'a.safetensors'))).preprocessing).toEqual(model.preprocessing)
})

test('a file that cannot be written is named, and nothing is left behind', async () => {
  writeFileSync(join(folder, 'file'), 'not a folder')
  await expect(saveModel(makeModel(), join(folder, 'file', 'a.safetensors'))).rejects.toThrow(
    'cannot be written: a part of the path is a file, not a folder.',
  )
  expect(readdirSync(folder)).toEqual(['file'])
})

test('what is not there, or not a model, is said', async () => {
  const path = join(folder, 'flowers.safetensors')
  await saveModel(makeModel(), path)
  await expect(loadModel(join(folder, 'flower.safetensors'))).rejects.toThrow(`Did you mean "${path}"?`)
  mkdirSync(join(folder, 'empty'))
  await expect(loadModel(join(folder, 'empty'))).rejects.toThrow(
    'there is no last.safetensors in this folder.',
  )
  writeFileSync(path, readFileSync(path).subarray(0, 500))
  await expect(loadModel(path)).rejects.toThrow(`${path}: `)
})
