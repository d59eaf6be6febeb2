import { expect, test } from 'vitest'
import * as browser from '../src/index.js'
import * as node from '../src/index.node.js'
import { layerClassNames } from '../src/nn/registry.js'

test('Node has everything browsers have, and what needs files', () => {
  const extra = Object.keys(node).filter(name => !(name in browser))
  expect(extra.sort()).toEqual([
    'loadModel',
    'plotModel',
    'readPicture',
    'renderPng',
    'saveDrawing',
    'saveModel',
  ])
  expect(Object.keys(browser).filter(name => !(name in node))).toEqual([])
})

test('the words of the README are there', () => {
  expect(Object.keys(node)).toEqual(
    expect.arrayContaining([
      'DivergedError',
      'FileError',
      'FoveaError',
      'MemoryError',
      'Model',
      'OptionError',
      'Sequential',
      'ShapeError',
      'Tensor',
      'callbacks',
      'datasets',
      'Classifier',
      'explain',
      'input',
      'loadClassifier',
      'layers',
      'lossNames',
      'losses',
      'metrics',
      'optimizers',
      'regularizers',
      'report',
      'schedules',
      'viz',
    ]),
  )
  expect(Object.keys(node.datasets).sort()).toEqual(['cifar10', 'digits', 'fashionMnist', 'mnist', 'shapes'])
  expect(Object.keys(browser.datasets).sort()).toEqual(['digits', 'shapes'])
  const files = ['csvLogger', 'modelCheckpoint', 'tensorBoard']
  expect(Object.keys(node.callbacks)).toEqual(expect.arrayContaining(files))
  expect(Object.keys(node.callbacks).sort()).toEqual([...Object.keys(browser.callbacks), ...files].sort())
  expect(node.layers.depthwiseConv2d({ kernelSize: 3 }).className).toBe('DepthwiseConv2D')
  expect(node.layers.separableConv2d({ filters: 4, kernelSize: 3 }).className).toBe('SeparableConv2D')
  expect(node.regularizers.l2(0.001)).toEqual({ l2: 0.001 })
  expect(Object.keys(node.regularizers).sort()).toEqual(['l1', 'l1l2', 'l2'])
  expect(Object.keys(browser.explain)).toEqual(expect.arrayContaining(['calibrate', 'scaleProbabilities']))
  expect(Object.keys(browser.viz)).toContain('drawReliability')
})

test('every layer of the registry is there, as a class and as a function', () => {
  const functionName = (name: string) => `${name[0]!.toLowerCase()}${name.slice(1)}`.replace(/2D$/, '2d')
  expect(layerClassNames).toEqual(expect.arrayContaining(['GroupNormalization', 'LayerNormalization']))
  expect(Object.keys(browser.layers)).toEqual(
    expect.arrayContaining(layerClassNames.flatMap(name => [name, functionName(name)])),
  )
})
