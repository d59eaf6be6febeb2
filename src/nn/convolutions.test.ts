import { expect, test } from 'vitest'
import { convolutionsOf, lastConvolutionOutput } from './convolutions.js'
import { input } from './functional.js'
import {
  activation,
  add,
  batchNormalization,
  conv2d,
  dense,
  flatten,
  groupNormalization,
  layerNormalization,
  maxPooling2d,
} from './layers/index.js'
import { functional, sequential } from './network.js'

const conv = (filters: number) => conv2d({ filters, kernelSize: 3, padding: 'same' })

test.each([
  batchNormalization(),
  groupNormalization({ groups: 3 }),
  layerNormalization(),
])('$className and activation behind the last convolution belong to it, pooling does not', normalization => {
  const network = sequential([
    conv2d({ filters: 2, kernelSize: 3, inputShape: [9, 9, 1] }),
    conv(3),
    normalization,
    activation({ activation: 'relu' }),
    maxPooling2d(),
    activation({ activation: 'tanh' }),
    flatten(),
    dense({ units: 2 }),
  ])
  expect(convolutionsOf(network).map(({ name }) => name)).toEqual(['conv2d', 'conv2d_1'])
  expect(lastConvolutionOutput(network)!.name).toBe('activation')
})

test('where several layers read the convolution, it stands for itself', () => {
  const x = input({ shape: [8, 8, 3] })
  const found = conv(3).apply(x)
  const network = functional({
    inputs: x,
    outputs: add().apply([activation({ activation: 'relu' }).apply(found), found]),
  })
  expect(lastConvolutionOutput(network)!.name).toBe('conv2d')
})

test('a network without convolution has none', () => {
  const network = sequential([flatten({ inputShape: [4, 4, 1] }), dense({ units: 2 })])
  expect(convolutionsOf(network)).toEqual([])
  expect(lastConvolutionOutput(network)).toBeNull()
})
