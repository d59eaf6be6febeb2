import { describe, expect, test } from 'vitest'
import { input } from '../functional.js'
import type { Layer } from '../layer.js'
import * as layers from '../layers/index.js'
import { modelFromName } from '../models.js'
import { functional, sequential } from '../network.js'
import {
  classicBranches,
  classicTable,
  keras3Branches,
  keras3Table,
  tutorialTable,
} from './goldens.fixture.js'
import { summary } from './summary.js'

const conv = (options: Partial<layers.Conv2DOptions> = {}) =>
  layers.conv2d({ filters: 32, kernelSize: 3, padding: 'same', ...options })

const sample = (...between: Layer[]) =>
  sequential([
    conv({ inputShape: [32, 32, 3] }),
    conv(),
    layers.maxPooling2d(),
    ...between,
    layers.dense({ units: 64 }),
    layers.dense({ units: 10 }),
  ])

const branching = () => {
  const x = input({ shape: [32, 32, 3] })
  const branches = [conv({ filters: 8 }).apply(x), conv({ filters: 8, kernelSize: 1 }).apply(x)]
  return functional({ inputs: x, outputs: layers.add().apply(branches) })
}

const tutorial = () => sequential(modelFromName('tutorial').layers([32, 32, 3], 10))

describe('classic', () => {
  test('the tutorial’s table, to the letter', () => {
    expect(summary(tutorial())).toBe(tutorialTable)
  })

  test('the table of tf.keras 2', () => {
    expect(summary(sample(layers.flatten()))).toBe(classicTable)
  })

  test('branches are shown in a fourth column', () => {
    expect(summary(branching())).toBe(classicBranches)
  })

  test('a functional network without branches is as wide as a Sequential and shows its input', () => {
    const x = input({ shape: [4] })
    const lines = summary(functional({ inputs: x, outputs: layers.dense({ units: 2 }).apply(x) })).split('\n')
    expect(lines[4]).toBe('input_layer (InputLayer)     [(None, 4)]               0         ')
    expect(new Set(lines.slice(1, 8).map(line => line.length))).toEqual(new Set([65]))
  })
})

describe('keras3', () => {
  test('the table of Keras 3, with what the optimizer holds', () => {
    const network = sample(layers.batchNormalization(), layers.flatten(), layers.dropout({ rate: 0.5 }))
    expect(summary(network, { style: 'keras3', optimizerParams: 535_212 })).toBe(keras3Table)
  })

  test('branches are shown in a fourth column', () => {
    expect(summary(branching(), { style: 'keras3' })).toBe(keras3Branches)
  })

  test('ascii draws with what every terminal has', () => {
    const text = summary(tutorial(), { style: 'keras3', ascii: true, wide: true })
    expect(text).toMatch(/^[\n -~]+$/)
    expect(text.split('\n')[3]).toMatch(/^\+=+\+=+\+=+\+=+\+=+\+$/)
  })

  test('a narrow line wraps names and shapes', () => {
    const lines = summary(sample(layers.flatten()), { style: 'keras3', width: 46 }).split('\n')
    expect(lines.slice(4, 6)).toEqual([
      '│ conv2d (Conv2D)   │ (None, 32,   │     896 │',
      '│                   │ 32, 32)      │         │',
    ])
  })
})

describe('wide', () => {
  test.each(['classic', 'keras3'] as const)('%s: multiply-adds and output bytes of one picture', style => {
    const lines = summary(tutorial(), { style, wide: true }).split('\n')
    expect(lines.find(line => line.includes('conv2d_1'))).toMatch(/37,748,736 .*256\.00 KB/)
    expect(lines.filter(line => line.includes('one picture')).map(line => line.trim())).toEqual([
      'Multiply-adds of one picture: 47,596,160',
      'Outputs of one picture: 662.29 KB',
    ])
  })
})

test('weights that training leaves alone are counted apart', () => {
  const frozen = sequential([
    layers.dense({ units: 3, trainable: false, inputShape: [4] }),
    layers.batchNormalization(),
  ])
  expect(summary(frozen)).toMatch(/Total params: 27\nTrainable params: 6\nNon-trainable params: 21\n/)
})

test('gamma and beta of a normalization are trained', () => {
  const network = sequential([
    layers.groupNormalization({ groups: 3, inputShape: [4, 5, 6] }),
    layers.layerNormalization(),
    layers.layerNormalization({ axis: [1, 2, 3] }),
  ])
  const lines = summary(network).split('\n')
  const row = (name: string) => lines.find(line => line.startsWith(`${name} `))
  expect(row('group_normalization')).toMatch(/ \(None, 4, 5, 6\) +12 /)
  expect(row('layer_normalization')).toMatch(/ \(None, 4, 5, 6\) +12 /)
  expect(row('layer_normalization_1')).toMatch(/ \(None, 4, 5, 6\) +240 /)
  expect(lines.join('\n')).toMatch(/Trainable params: 264\nNon-trainable params: 0\n/)
})

test('refuses a style nobody knows, and a line without room', () => {
  expect(() => summary(tutorial(), { style: 'keras' as never })).toThrow('Unknown summary style "keras".')
  expect(() => summary(tutorial(), { width: 12 })).toThrow('summary: width must be 40 or more, but 12 came.')
  expect(() => summary(tutorial(), { width: 88.5 })).toThrow(
    'summary: width must be an integer, but 88.5 came.',
  )
})
