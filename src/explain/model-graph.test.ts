import { expect, test } from 'vitest'
import { input } from '../nn/functional.js'
import * as layers from '../nn/layers/index.js'
import { functional, sequential } from '../nn/network.js'
import { modelGraph } from './model-graph.js'

test('a Sequential: its input named after the first layer, as in Keras; shapes with None', () => {
  const network = sequential([
    layers.conv2d({ filters: 4, kernelSize: 3, activation: 'relu', inputShape: [8, 8, 3] }),
    layers.flatten(),
    layers.dense({ units: 2, activation: { name: 'leakyRelu', alpha: 0.1 }, trainable: false }),
  ])
  const { nodes, edges } = modelGraph(network)
  const flat = '(None, 144)'
  expect(nodes.map(({ name, inputShapes, outputShape }) => [name, ...inputShapes, outputShape])).toEqual([
    ['conv2d_input', '(None, 8, 8, 3)', '(None, 8, 8, 3)'],
    ['conv2d', '(None, 8, 8, 3)', '(None, 6, 6, 4)'],
    ['flatten', '(None, 6, 6, 4)', flat],
    ['dense', flat, '(None, 2)'],
  ])
  expect(nodes.map(node => node.parameters)).toEqual([0, 3 * 3 * 3 * 4 + 4, 0, 144 * 2 + 2])
  expect(nodes.map(node => node.trainable)).toEqual([null, true, null, false])
  expect(nodes.map(node => node.activation)).toEqual([null, 'relu', null, 'leakyRelu(0.1)'])
  expect(edges.map(({ from, to }) => `${from}-${to}`)).toEqual(['0-1', '1-2', '2-3'])
})

test('a layer that takes one output twice has one edge to it', () => {
  const inputs = input({ shape: [4], name: 'numbers' })
  const outputs = layers.add().apply([inputs, inputs])
  const { nodes, edges } = modelGraph(functional({ inputs, outputs }))
  expect(nodes[0]).toMatchObject({ name: 'numbers', isInput: true })
  expect(nodes[1]!.inputShapes).toEqual(['(None, 4)', '(None, 4)'])
  expect(edges).toEqual([{ from: 0, to: 1 }])
})
