import { afterAll, beforeAll } from 'vitest'
import { hearNotices } from '../base/notices.js'
import { currentPlatform, usePlatform } from '../base/platform.js'
import { Random } from '../base/random.js'
import { Tensor } from '../base/tensor.js'
import type { Backend } from '../engine/backends/backend.js'
import type { Layer } from '../nn/layer.js'
import { activation, batchNormalization, conv2d, dense, flatten, maxPooling2d } from '../nn/layers/index.js'
import { nodePlatform } from '../node/platform.js'
import { Sequential } from './sequential.js'

/** `rows` pictures of 8×8×2 in bytes, scaled to -0.5…0.5. */
export function tinyPictures(rows = 5): Tensor<Uint8Array> {
  const random = new Random(11, 'pictures')
  const bytes = Uint8Array.from({ length: rows * 8 * 8 * 2 }, () => random.integer(256))
  return new Tensor(bytes, [rows, 8, 8, 2]).scaled(1 / 255, -0.5)
}

/** The layers before the head: a fused relu, a pooling, a normalization and an activation of its own. */
export const seeing = (): Layer[] => [
  conv2d({ filters: 3, kernelSize: 3, padding: 'same', activation: 'relu', inputShape: [8, 8, 2] }),
  maxPooling2d(),
  conv2d({ filters: 5, kernelSize: 3, padding: 'same' }),
  batchNormalization(),
  activation({ activation: 'tanh' }),
]

export const classifying = (): Layer[] => [flatten(), dense({ units: 4, activation: 'softmax' })]

/** Lets the tests of a file compute with two threads. */
export function useTwoThreads(): void {
  const bare = currentPlatform()
  beforeAll(() => usePlatform({ ...nodePlatform, cores: 2 }))
  afterAll(() => usePlatform(bare))
}

/** A small convolutional network on a backend of its own. */
export function pictureModel(
  backend: Backend,
  layers: readonly Layer[] = [...seeing(), ...classifying()],
  seed = 3,
): Sequential {
  const model = new Sequential(layers, { seed })
  model.compile({ loss: 'categoricalCrossentropy', backend })
  return model
}

hearNotices(() => undefined)
