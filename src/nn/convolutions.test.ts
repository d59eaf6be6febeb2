import { expect, test } from 'vitest'
import { convolutionsOf, filtersShape, isDepthwise, kernelOf, lastConvolutionOutput } from './convolutions.js'
import { input } from './functional.js'
import {
  activation,
  add,
  batchNormalization,
  conv2d,
  dense,
  depthwiseConv2d,
  flatten,
  groupNormalization,
  layerNormalization,
  maxPooling2d,
  separableConv2d,
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

test('a depthwise convolution is one whose filters see one channel each', () => {
  const network = sequential([
    conv2d({ filters: 4, kernelSize: 3, inputShape: [9, 9, 2] }),
    depthwiseConv2d({ kernelSize: [3, 2], depthMultiplier: 3 }),
    separableConv2d({ filters: 5, kernelSize: 3 }),
  ])
  const calls = convolutionsOf(network)
  expect(calls.map(isDepthwise)).toEqual([false, true, true])
  expect(calls.map(filtersShape)).toEqual([
    [3, 3, 2, 4],
    [3, 2, 1, 12],
    [3, 3, 1, 12],
  ])
  expect(kernelOf(calls[2]!)!.name).toBe('separable_conv2d/depthwise_kernel')
  expect(lastConvolutionOutput(network)!.name).toBe('separable_conv2d')
})
