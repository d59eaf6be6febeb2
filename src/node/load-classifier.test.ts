import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { OptionError } from '../base/errors.js'
import { layers, Sequential } from '../index.node.js'
import { loadClassifier } from './load-classifier.js'
import { saveModel } from './model-files.js'

let folder: string
let model: string
let picture: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fovea #1 ')) // an address needs escapes for such a path
  model = join(folder, 'own.safetensors')
  picture = join(folder, 'red.png')
  await saveModel(
    new Sequential([
      layers.conv2d({ filters: 2, kernelSize: 3, inputShape: [8, 8, 3] }),
      layers.globalAveragePooling2d(),
      layers.dense({ units: 2, activation: 'softmax' }),
    ]),
    model,
  )
  const red = { width: 8, height: 8, channels: 3, background: 'red' } as const
  await sharp({ create: red }).png().toFile(picture)
})

afterAll(() => rm(folder, { recursive: true }))

/** A file in every form that code may have it in. */
async function formsOf(path: string) {
  const bytes = await readFile(path)
  const copy = new Uint8Array(bytes)
  const url = pathToFileURL(path)
  return [path, url, url.href, bytes, copy, copy.buffer, new Blob([copy])]
}

test('a model and a picture may be given as paths, file URLs and bytes of all kinds', async () => {
  const expected = await (await loadClassifier(model)).predict(picture)
  for (const source of await formsOf(model))
    expect(await (await loadClassifier(source)).predict(picture)).toEqual(expected)
  const classifier = await loadClassifier(model)
  for (const source of await formsOf(picture)) expect(await classifier.predict(source)).toEqual(expected)
})

test('anything else is refused with what may be given', async () => {
  const loading = loadClassifier(undefined as never)
  await expect(loading).rejects.toBeInstanceOf(OptionError)
  await expect(loading).rejects.toThrow(
    'loadClassifier: the path or the bytes of a model file were expected, but undefined came.\n  Give a path,',
  )
  const classifier = await loadClassifier(model)
  await expect(classifier.predict([picture] as never)).rejects.toThrow(
    'predict: the path or the bytes of a picture were expected, but an array came.',
  )
  await expect(loadClassifier(new URL('https://example.org/best.safetensors'))).rejects.toThrow(
    'loadClassifier: https://example.org/best.safetensors is no address of a file on this machine.\n  Fetch it',
  )
})
