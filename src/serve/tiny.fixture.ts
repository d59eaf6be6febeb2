import sharp from 'sharp'
import { Classifier } from '../classify/classifier.js'
import type { ModelFile } from '../io/model-file.js'
import * as layers from '../nn/layers/index.js'
import { decodePicture } from '../node/pictures/decode.js'
import { Sequential } from '../train/sequential.js'
import { createApp } from './app.js'
import { type ServeOptions, serveDefaults } from './serve-options.js'

export const classNames = ['red', 'green', 'blue']

/** A network of random weights on colour pictures of 8×8. */
export function tinyFile(changes: Partial<ModelFile> = {}): ModelFile {
  const model = new Sequential(
    [
      layers.conv2d({ filters: 4, kernelSize: 3, activation: 'relu', inputShape: [8, 8, 3] }),
      layers.flatten(),
      layers.dense({ units: 3, activation: 'softmax' }),
    ],
    { seed: 1 },
  )
  const preprocessing = { scale: 1 / 255, offset: 0 }
  return { network: model.network, weights: model.getWeights(), preprocessing, classNames, ...changes }
}

/** Sure of nothing, for no probability is above the threshold. */
export const neverSure = {
  temperature: 1,
  threshold: 1,
  reliability: 0.9,
  pictures: 10,
  answered: 0,
  expectedCalibrationError: { before: 0.1, after: 0.1 },
}

/** What a run noted that came to its end. */
export const trained = {
  dataset: 'shapes',
  state: { epoch: 2, trainRows: 3600, history: { history: { loss: [2, 1.5], val_accuracy: [0.1, 0.4] } } },
  summary: {
    testPictures: 400,
    testAccuracy: 0.8,
    testLoss: 0.7,
    averaged: { testTime: 'flip', testAccuracy: 0.9 },
  },
}

export const tinyClassifier = (changes: Partial<ModelFile> = {}): Classifier<Uint8Array> =>
  new Classifier(tinyFile(changes), 'tiny', (bytes, channels) =>
    decodePicture(bytes, 'the picture', channels),
  )

/** A classifier that computes nothing from `hold` until `release`. */
export function heldClassifier() {
  const classifier = tinyClassifier()
  const classify = classifier.classifyRows.bind(classifier)
  let gate = Promise.resolve()
  let release = () => {}
  const hold = () => {
    gate = new Promise(resolve => {
      release = resolve
    })
  }
  classifier.classifyRows = async rows => {
    await gate
    return classify(rows)
  }
  return { classifier, hold, release: () => release() }
}

export const optionsFor = (options: Partial<ServeOptions> = {}): ServeOptions => ({
  ...serveDefaults,
  name: 'tiny',
  port: 0,
  ...options,
})

/** A service without a socket, for `inject`; `log` has its lines. */
export async function tinyApp(options: Partial<ServeOptions> = {}, classifier = tinyClassifier()) {
  const log: string[] = []
  const { http, traffic } = await createApp(classifier, optionsFor(options), {
    write: line => void log.push(line),
  })
  return { http, traffic, log }
}

/** A PNG of one colour. */
export const png = (background = '#c04020', width = 12, height = 10): Promise<Buffer> =>
  sharp({ create: { width, height, channels: 3, background } })
    .png()
    .toBuffer()

/** A form as its bytes and its Content-Type. */
export function formOf(files: readonly (readonly [name: string, bytes: Uint8Array | string])[]) {
  const parts = files.flatMap(([name, bytes]) => [
    Buffer.from(
      `--edge\r\nContent-Disposition: form-data; name="file"; filename="${name}"\r\nContent-Type: image/png\r\n\r\n`,
    ),
    Buffer.from(bytes as string),
    Buffer.from('\r\n'),
  ])
  return {
    payload: Buffer.concat([...parts, Buffer.from('--edge--\r\n')]),
    headers: { 'content-type': 'multipart/form-data; boundary=edge' },
  }
}

export const post = (
  payload: Uint8Array | string,
  headers: Readonly<Record<string, string>> = { 'content-type': 'image/png' },
) => ({
  method: 'POST' as const,
  url: '/v1/predict',
  payload: payload as Buffer,
  headers,
})

/** The number behind a metric's name and labels. */
export function metricIn(text: string, name: string): number {
  const line = text.split('\n').find(line => line.startsWith(`${name} `))
  return line === undefined ? 0 : Number(line.slice(name.length + 1))
}

/** Looks again and again until it is so. */
export async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await isSo())) await new Promise(resolve => setTimeout(resolve, 5))
}
