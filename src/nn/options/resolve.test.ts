import { describe, expect, test } from 'vitest'
import { OptionError } from '../../base/errors.js'
import type { Layer } from '../layer.js'
import * as layers from '../layers/index.js'
import { layerFromConfig } from '../registry.js'
import { show } from './resolve.js'

const conv = { filters: 8, kernelSize: 3 }

describe('options are stored in one form, with Keras’ defaults', () => {
  test('Conv2D', () => {
    expect(layers.conv2d(conv).options).toEqual({
      filters: 8,
      kernelSize: [3, 3],
      strides: [1, 1],
      padding: 'valid',
      dilationRate: [1, 1],
      activation: 'linear',
      useBias: true,
      kernelInitializer: { name: 'glorotUniform' },
      biasInitializer: { name: 'zeros' },
      kernelRegularizer: null,
      biasRegularizer: null,
      trainable: true,
    })
  })

  test.each<[string, Layer, string, unknown]>([
    ['pools move as far as they are large', layers.maxPooling2d({ poolSize: [3, 2] }), 'strides', [3, 2]],
    ['a pool is 2×2', layers.averagePooling2d(), 'poolSize', [2, 2]],
    ['batch normalization', layers.batchNormalization(), 'momentum', 0.99],
    ['batch normalization', layers.batchNormalization(), 'epsilon', 0.001],
    ['group normalization', layers.groupNormalization(), 'groups', 32],
    ['group normalization', layers.groupNormalization(), 'epsilon', 0.001],
    ['layer normalization', layers.layerNormalization(), 'axis', [-1]],
    ['layer normalization', layers.layerNormalization(), 'epsilon', 0.001],
    [
      'one border for all sides',
      layers.zeroPadding2d({ padding: 2 }),
      'padding',
      [
        [2, 2],
        [2, 2],
      ],
    ],
    [
      'two borders',
      layers.zeroPadding2d({ padding: [1, 2] }),
      'padding',
      [
        [1, 1],
        [2, 2],
      ],
    ],
    ['another spelling', layers.dense({ units: 1, activation: 'leaky_relu' }), 'activation', 'leakyRelu'],
    ['Keras’ other name', layers.dense({ units: 1, activation: 'swish' }), 'activation', 'silu'],
    [
      'a slope of its own',
      layers.activation({ activation: { name: 'leaky_relu', alpha: 0.1 } }),
      'activation',
      { name: 'leakyRelu', alpha: 0.1 },
    ],
  ])('%s', (_, layer, option, expected) => {
    expect(layer.options).toHaveProperty(option, expected)
  })
})

test.each<[string, unknown, string]>([
  ['Conv2D', { kernelSize: 3 }, 'Conv2D: filters is missing.\n  For example filters: 32.'],
  [
    'Conv2D',
    { ...conv, filters: 0 },
    'Conv2D: filters must be a positive integer, but 0 came.\n  For example filters: 32.',
  ],
  [
    'Conv2D',
    { ...conv, filters: '8' },
    'Conv2D: filters must be a positive integer, but "8" came.\n  For example filters: 32.',
  ],
  [
    'Conv2D',
    { ...conv, name: 'stem', kernelSize: [3, 0] },
    'Conv2D "stem": kernelSize must be a positive integer, or two of them: [vertical, horizontal], but [3,0] came.\n  For example kernelSize: [3, 3].',
  ],
  [
    'Conv2D',
    { ...conv, padding: 'smae' },
    'Conv2D: padding must be one of "valid", "same", but "smae" came.\n  Did you mean "same"?',
  ],
  [
    'Conv2D',
    { ...conv, kernel_size: 3 },
    'Conv2D: unknown option "kernel_size".\n  Did you mean "kernelSize"?',
  ],
  [
    'Conv2D',
    { ...conv, groups: 2 },
    'Conv2D: unknown option "groups".\n  Known: activation, useBias, kernelInitializer, biasInitializer, kernelRegularizer, biasRegularizer, filters, kernelSize, strides, padding, dilationRate, name, trainable, inputShape.',
  ],
  [
    'Conv2D',
    { ...conv, kernelRegularizer: { l3: 1 } },
    'Conv2D: kernelRegularizer must be { l1: factor }, { l2: factor } or both, with factors of 0 or more, or null, but {"l3":1} came.\n  For example kernelRegularizer: { l2: 0.001 }.',
  ],
  [
    'Conv2D',
    3,
    'Conv2D: the options must be an object, but 3 came.\n  For example { filters: 32, kernelSize: [3, 3] }.',
  ],
  [
    'Dense',
    { units: 3, activation: 'rleu' },
    'Dense: activation must be one of linear, relu, leakyRelu, elu, gelu, silu, sigmoid, tanh, softmax, leakyRelu and elu also as { name, alpha }, but "rleu" came.\n  Did you mean "relu"?',
  ],
  [
    'Dense',
    { units: 3, kernelInitializer: 'heNormla' },
    'Dense: kernelInitializer must be an initializer (glorotUniform, glorotNormal, heUniform, heNormal, lecunUniform, lecunNormal, zeros, ones, constant, randomNormal, truncatedNormal, randomUniform, orthogonal, dirac), or one with its numbers as an object, but "heNormla" came.\n  Did you mean "heNormal"?',
  ],
  [
    'Dropout',
    { rate: 1 },
    'Dropout: rate must be at least 0 and below 1, but 1 came.\n  For example rate: 0.25.',
  ],
  [
    'Dropout',
    { rate: Number.NaN },
    'Dropout: rate must be at least 0 and below 1, but NaN came.\n  For example rate: 0.25.',
  ],
  [
    'Flatten',
    { name: 'a/b' },
    'Flatten "a/b": name must be a text without "/", but "a/b" came.\n  For example name: \'stem\'.',
  ],
  [
    'Flatten',
    { inputShape: [32, 0] },
    'Flatten: inputShape must be a list of positive integers, without the batch axis, but [32,0] came.\n  For example inputShape: [32, 32, 3].',
  ],
  [
    'Reshape',
    { targetShape: [-1, -1] },
    'Reshape: targetShape must be a list of positive integers, one of which may be -1 (what is left), but [-1,-1] came.\n  For example targetShape: [8, 8, -1].',
  ],
])('%s refuses %j', (className, given, message) => {
  const build = () => layerFromConfig(className, given)
  expect(build).toThrow(OptionError)
  expect(build).toThrow(expect.objectContaining({ message }))
})

test('an unknown layer offers the nearest', () => {
  expect(() => layerFromConfig('Conv2d3', {})).toThrow('Unknown layer "Conv2d3".\n  Did you mean "Conv2D"?')
  expect(() => layerFromConfig('toString', {})).toThrow('Unknown layer "toString".')
})

test('long values are shown by their beginning', () => {
  expect(show([1, 2])).toBe('[1,2]')
  const long = show(new Array(1000).fill(7))
  expect(long).toHaveLength(200)
  expect(long).toMatch(/^\[7,7,.*…$/)
})
