import { expect, test } from 'vitest'
import type { Layer } from '../layer.js'
import {
  conv2d,
  dense,
  depthwiseConv2d,
  flatten,
  globalAveragePooling2d,
  maxPooling2d,
  separableConv2d,
} from '../layers/index.js'
import { modelFromName } from '../models.js'
import { sequential } from '../network.js'
import { withBatchNormalization, withDropout, withL2 } from './remedies.js'

const tutorial = () => modelFromName('tutorial').layers([32, 32, 3], 10)
const classNames = (layers: readonly Layer[]) => layers.map(({ className }) => className)
const trainable = (layers: readonly Layer[]) =>
  sequential(layers)
    .weights.filter(weight => weight.trainable)
    .reduce((sum, { spec }) => sum + spec.shape.reduce((product, length) => product * length, 1), 0)

test('dropout stands behind each pooling and before the answer', () => {
  const layers = withDropout(tutorial(), { afterPooling: 0.1, beforeOutput: 0.4 })
  // biome-ignore format: the network in one glance
  expect(classNames(layers)).toEqual([
    'Conv2D', 'Conv2D', 'MaxPooling2D', 'Dropout', 'Conv2D', 'Conv2D', 'MaxPooling2D', 'Dropout', 'Conv2D', 'Conv2D',
    'Flatten', 'Dense', 'Dense', 'Dropout', 'Dense',
  ])
  const rates = layers.filter(layer => layer.className === 'Dropout').map(layer => layer.options)
  expect(rates).toMatchObject([{ rate: 0.1 }, { rate: 0.1 }, { rate: 0.4 }])
})

test('a pooling over the whole picture is the head, not a place for the dropout of pictures', () => {
  const head = [globalAveragePooling2d({ inputShape: [4, 4, 2] }), dense({ units: 2 })]
  expect(classNames(withDropout(head))).toEqual(['GlobalAveragePooling2D', 'Dropout', 'Dense'])
})

test('nothing stands before a network that begins with its answer', () => {
  expect(classNames(withDropout([dense({ units: 2, inputShape: [3] })]))).toEqual(['Dense'])
})

test('depthwise and separable convolutions are normalised as others are; L2 spares depthwise kernels', () => {
  const layers = [
    depthwiseConv2d({ kernelSize: 3, activation: 'relu', inputShape: [8, 8, 3] }),
    separableConv2d({ filters: 4, kernelSize: 3 }),
  ]
  expect(classNames(withBatchNormalization(layers))).toEqual([
    'DepthwiseConv2D',
    'BatchNormalization',
    'Activation',
    'SeparableConv2D',
    'BatchNormalization',
  ])
  const punished = sequential(withL2(layers, 0.01)).weights.filter(({ spec }) => spec.l2 !== undefined)
  expect(punished.map(({ name }) => name)).toEqual(['separable_conv2d/pointwise_kernel'])
})

test('L2 goes to kernels, not to biases', () => {
  const { weights } = sequential(withL2(tutorial(), 0.01))
  for (const { name, spec } of weights)
    expect([name, spec.l2]).toEqual([name, name.endsWith('/kernel') ? 0.01 : undefined])
})

test('batch normalisation keeps the count of what is trained: beta takes the place of the bias', () => {
  const layers = withBatchNormalization(tutorial())
  expect(classNames(layers).slice(0, 4)).toEqual(['Conv2D', 'BatchNormalization', 'Activation', 'Conv2D'])
  expect(layers[0]!.options).toMatchObject({ activation: 'linear', useBias: false, inputShape: [32, 32, 3] })
  expect(layers[2]!.options).toMatchObject({ activation: 'relu' })
  expect(trainable(layers)).toBe(631_658)
})

test('a convolution without activation gets none', () => {
  const layers = withBatchNormalization([
    conv2d({ filters: 2, kernelSize: 3, inputShape: [5, 5, 1] }),
    maxPooling2d(),
    flatten(),
  ])
  expect(classNames(layers)).toEqual(['Conv2D', 'BatchNormalization', 'MaxPooling2D', 'Flatten'])
})

test('the layers that came stay as they are, and remedies go together', () => {
  const given = tutorial()
  const before = classNames(given)
  const all = withL2(withDropout(withBatchNormalization(given)))
  expect(classNames(given)).toEqual(before)
  expect(sequential(all).outputShape).toEqual([10])
})
