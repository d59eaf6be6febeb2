import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Random } from '../../src/base/random.js'
import type { Prediction } from '../../src/classify/prediction.js'
import type * as Fovea from '../../src/index.js'
import { type Classifier, layers, loadClassifier, Sequential } from '../../src/index.node.js'
import { encodeModel } from '../../src/io/model-file.js'
import { nodeFiles } from '../../src/node/atomic-file.js'
import type { PictureSource } from '../../src/node/load-classifier.js'
import { useTemporaryFolder } from '../cli/temporary-folder.js'
import { findChromium, launch } from './chromium.js'
import { isolating, openSite, type Site } from './site.js'

// The same model file and the same pictures, asked in Node and in a page.

const chromium = findChromium()
const inChromium = test.skipIf(chromium === null)

useTemporaryFolder()

/**
 * Levels of 255 by which a decoded byte may differ: none for PNG; one where a half transparent colour is rounded here and cut off
 * there, of which grey can make two; a few for JPEG, whose decoders are free to round.
 */
const mostLevels = { png: 0, transparent: 1, transparentGrey: 2, jpeg: 4 }

/** Probabilities of the same bytes may differ by rounding: products are fused in one place and may not be in another. */
const mostProbability = 1e-5

const files = new Map<string, Uint8Array>()
let browser: Awaited<ReturnType<typeof launch>>
let site: Site

beforeAll(async () => {
  if (!chromium) return
  files.set('/colour.safetensors', modelBytes(3))
  files.set('/grey.safetensors', modelBytes(1))
  files.set('/page.safetensors', new TextEncoder().encode('<!doctype html><title>Not found</title>'))
  for (const [name, bytes] of await pictures()) files.set(`/${name}`, bytes)
  for (const [path, bytes] of files) await nodeFiles.create(path.slice(1), bytes)
  browser = await launch(chromium)
  site = await openSite(isolating, files)
})

afterAll(async () => {
  await browser?.close()
  await site?.close()
})

/** A network whose answers hang on every pixel, with a calibration and pictures cut to its proportions. */
function modelBytes(channels: 1 | 3): Uint8Array {
  const model = new Sequential(
    [
      layers.conv2d({ filters: 8, kernelSize: 3, activation: 'relu', inputShape: [24, 24, channels] }),
      layers.maxPooling2d(),
      layers.flatten(),
      layers.dense({ units: 3, activation: 'softmax' }),
    ],
    { seed: 4 },
  )
  return encodeModel({
    network: model.network,
    weights: model.getWeights(),
    preprocessing: { scale: 1 / 64, offset: -2 },
    pictureFit: 'crop',
    classNames: ['one', 'two', 'three'],
    calibration: {
      temperature: 1.5,
      threshold: 0.4,
      reliability: 0.9,
      pictures: 100,
      answered: 0.8,
      expectedCalibrationError: { before: 0.1, after: 0.02 },
    },
  })
}

/** Soft coloured clouds of 60×45 pixels: as a PNG, with holes in it, and as a JPEG that lies on its side. */
async function pictures(): Promise<Map<string, Uint8Array>> {
  const random = new Random(7, 'pictures')
  const coarse = Uint8Array.from({ length: 12 * 9 * 4 }, () => random.integer(256))
  const clouds = (channels: 3 | 4) => {
    const raw = sharp(coarse, { raw: { width: 12, height: 9, channels: 4 } }).resize(60, 45)
    return channels === 4 ? raw : raw.removeAlpha()
  }
  return new Map([
    ['opaque.png', await clouds(3).png().toBuffer()],
    ['holes.png', await clouds(4).png().toBuffer()],
    ['turned.jpg', await clouds(3).jpeg({ quality: 95 }).withMetadata({ orientation: 6 }).toBuffer()],
  ])
}

interface Seen {
  readonly prediction: Prediction
  readonly bytes: readonly number[]
  readonly shape: readonly number[]
}

/** What a page sees: `ask` is sent as a text, and gets the library. */
async function inPage<T>(ask: (fovea: typeof Fovea, ...words: string[]) => Promise<T>, ...words: string[]) {
  const page = await browser.newPage()
  try {
    await page.goto(site.url)
    const given = words.map(word => `, ${JSON.stringify(word)}`).join('')
    return await page.evaluate<T>(`import('/dist/index.js').then(fovea => (${ask})(fovea${given}))`)
  } finally {
    await page.close()
  }
}

async function see(fovea: typeof Fovea, model: string, picture: string): Promise<Seen> {
  const classifier = await fovea.loadClassifier(model)
  const prediction = await classifier.predict(picture)
  const { data, shape } = await classifier.read(picture)
  return { prediction, bytes: [...data], shape: [...shape] }
}

const inNode = async (model: string, picture: string): Promise<Seen> => {
  const classifier: Classifier<PictureSource> = await loadClassifier(model)
  const { data, shape } = await classifier.read(picture)
  return { prediction: await classifier.predict(picture), bytes: [...data], shape: [...shape] }
}

const furthest = (some: readonly number[], others: readonly number[]): number =>
  Math.max(...some.map((value, i) => Math.abs(value - others[i]!)))

const probabilities = ({ answers }: Prediction): number[] =>
  ['one', 'two', 'three'].map(name => answers.find(({ className }) => className === name)!.probability)

inChromium.each(['colour', 'grey'])('a page answers as Node does: %s', async kind => {
  const model = `${kind}.safetensors`
  const [page, node] = [await inPage(see, `/${model}`, '/opaque.png'), await inNode(model, 'opaque.png')]
  expect(page.shape).toEqual([24, 24, kind === 'grey' ? 1 : 3])
  expect(new Set(page.bytes).size).toBeGreaterThan(20)
  expect(furthest(page.bytes, node.bytes)).toBeLessThanOrEqual(mostLevels.png)
  expect(furthest(probabilities(page.prediction), probabilities(node.prediction))).toBeLessThan(
    mostProbability,
  )
  expect(page.prediction.sure).toBe(node.prediction.sure)
  expect(page.prediction.answers[0]!.className).toBe(node.prediction.answers[0]!.className)
})

inChromium.each([
  ['colour', 'holes.png', mostLevels.transparent],
  ['grey', 'holes.png', mostLevels.transparentGrey],
  ['colour', 'turned.jpg', mostLevels.jpeg],
  ['grey', 'turned.jpg', mostLevels.jpeg],
])('and decodes as it does: %s, %s', async (kind, picture, levels) => {
  const model = `${kind}.safetensors`
  const [page, node] = [await inPage(see, `/${model}`, `/${picture}`), await inNode(model, picture)]
  expect(page.shape).toEqual(node.shape)
  expect(furthest(page.bytes, node.bytes)).toBeLessThanOrEqual(levels)
})

/** Every kind of model source and of picture, all of the same bytes. */
async function everyKind(fovea: typeof Fovea): Promise<[string, number[]][]> {
  const blobOf = async (url: string) => (await fetch(url)).blob()
  const [model, file] = [await blobOf('/colour.safetensors'), await blobOf('/opaque.png')]
  const classifier = await fovea.loadClassifier(model)
  const others = [
    await model.arrayBuffer(),
    new Uint8Array(await model.arrayBuffer()),
    new URL('/colour.safetensors', location.href),
  ]
  const image = new Image()
  image.src = '/opaque.png'
  const bitmap = await createImageBitmap(file)
  const canvas = document.createElement('canvas')
  const offscreen = new OffscreenCanvas(bitmap.width, bitmap.height)
  canvas.width = bitmap.width
  canvas.height = bitmap.height
  const context = canvas.getContext('2d')!
  context.drawImage(bitmap, 0, 0)
  offscreen.getContext('2d')!.drawImage(bitmap, 0, 0)
  const sources = {
    url: '/opaque.png',
    blob: file,
    file: new File([file], 'opaque.png'),
    bytes: new Uint8Array(await file.arrayBuffer()),
    image,
    canvas,
    offscreen,
    pixels: context.getImageData(0, 0, canvas.width, canvas.height),
    bitmap,
  }
  const seen: [string, number[]][] = []
  for (const [kind, source] of Object.entries(sources))
    seen.push([kind, [...(await classifier.read(source)).data]])
  for (const source of others)
    seen.push([String(source), [...(await (await fovea.loadClassifier(source)).read(file)).data]])
  return seen
}

inChromium('pictures and models of every kind are taken', async () => {
  const { bytes } = await inNode('colour.safetensors', 'opaque.png')
  const seen = await inPage(everyKind)
  expect(seen).toHaveLength(12)
  for (const [kind, data] of seen) expect(furthest(data, bytes), kind).toBe(0)
})

/** The messages of all that cannot work. */
async function everyRefusal(fovea: typeof Fovea): Promise<string[]> {
  const classifier = await fovea.loadClassifier('/colour.safetensors')
  const broken = new Image()
  broken.src = '/missing/picture.png'
  const attempts = [
    fovea.loadClassifier('/missing/model.safetensors'),
    fovea.loadClassifier('/page.safetensors'),
    classifier.predict('/missing/picture.png'),
    classifier.predict(new File(['no picture'], 'text.png')),
    classifier.predict(broken),
    classifier.predict(document.createElement('canvas')).then(() => 'a canvas has 300×150 pixels of nothing'),
  ]
  return Promise.all(
    attempts.map(attempt => attempt.then(String, error => `${error.name}: ${error.message.split('\n')[0]}`)),
  )
}

inChromium('what cannot work is said', async () => {
  const [noModel, page, noPicture, text, broken, canvas] = await inPage(everyRefusal)
  expect(noModel).toBe(
    'FileError: /missing/model.safetensors cannot be read: the server answered 404 Not Found.',
  )
  expect(page).toMatch(/^FileError: \/page\.safetensors: this is no safetensors file/)
  expect(noPicture).toBe('FileError: /missing/picture.png cannot be read: the server answered 404 Not Found.')
  expect(text).toBe('FileError: text.png: not an image that this browser can read.')
  expect(broken).toMatch(/^FileError: http:.*\/missing\/picture\.png: the element has no picture/)
  expect(canvas).toBe('a canvas has 300×150 pixels of nothing')
})
