import { describe, expect, test } from 'vitest'
import { type Shape, sizeOf } from '../../base/shape.js'
import { differentiate } from '../../engine/graph/differentiate.js'
import { flopOf } from '../../engine/ops/flop.js'
import type { Layer, OneOrMore } from '../layer.js'
import { networkOf, noise, type Recording, record, run, variable } from '../recording.fixture.js'
import { layerClassNames, layerFromConfig } from '../registry.js'
import * as layers from './index.js'

interface Case {
  readonly layer: Layer
  readonly inputs: OneOrMore<Shape>
}

const of = (layer: Layer, ...inputs: OneOrMore<Shape>): Case => ({ layer, inputs })
const slope = { name: 'leakyRelu', alpha: 0.1 } as const
const l2 = { l2: 0.01 }

/** Every layer with its defaults, and with every option set. */
const cases: Readonly<Record<string, readonly Case[]>> = {
  Activation: [
    of(layers.activation({ activation: 'relu' }), [3, 4, 2]),
    of(layers.activation({ activation: slope }), [5]),
    of(layers.activation({ activation: 'linear' }), [5]),
  ],
  Add: [of(layers.add(), [3, 4, 2], [3, 4, 2]), of(layers.add(), [5], [5], [5])],
  AveragePooling2D: [
    of(layers.averagePooling2d(), [5, 6, 2]),
    of(layers.averagePooling2d({ poolSize: [3, 2], strides: 1, padding: 'same' }), [5, 6, 2]),
  ],
  BatchNormalization: [
    of(layers.batchNormalization(), [3, 4, 2]),
    of(layers.batchNormalization({ momentum: 0.9, epsilon: 0.01, scale: false }), [6]),
    of(layers.batchNormalization({ center: false, gammaInitializer: 'heNormal' }), [6]),
    of(layers.batchNormalization({ trainable: false }), [3, 4, 2]),
  ],
  Concatenate: [
    of(layers.concatenate(), [3, 4, 2], [3, 4, 5]),
    of(layers.concatenate({ axis: 1 }), [3, 4, 2], [1, 4, 2], [2, 4, 2]),
  ],
  Conv2D: [
    of(layers.conv2d({ filters: 4, kernelSize: 3 }), [5, 6, 2]),
    of(
      layers.conv2d({
        filters: 3,
        kernelSize: [2, 3],
        strides: [2, 1],
        padding: 'same',
        dilationRate: [1, 2],
        activation: slope,
        useBias: false,
        kernelInitializer: 'heNormal',
        kernelRegularizer: l2,
      }),
      [7, 5, 3],
    ),
    of(layers.conv2d({ filters: 2, kernelSize: 1, activation: 'softmax', biasRegularizer: l2 }), [2, 2, 3]),
  ],
  Dense: [
    of(layers.dense({ units: 4 }), [6]),
    of(layers.dense({ units: 3, activation: 'tanh', useBias: false }), [2, 3, 4]),
    of(layers.dense({ units: 3, biasInitializer: { name: 'constant', value: 0.5 } }), [2, 4]),
  ],
  DepthwiseConv2D: [
    of(layers.depthwiseConv2d({ kernelSize: 3 }), [5, 6, 2]),
    of(
      layers.depthwiseConv2d({
        kernelSize: [2, 3],
        strides: [2, 1],
        padding: 'same',
        depthMultiplier: 3,
        dilationRate: [1, 2],
        activation: slope,
        useBias: false,
        depthwiseInitializer: 'heNormal',
        depthwiseRegularizer: l2,
      }),
      [7, 5, 3],
    ),
    of(layers.depthwiseConv2d({ kernelSize: 1, activation: 'softmax', biasRegularizer: l2 }), [2, 2, 3]),
  ],
  Dropout: [of(layers.dropout({ rate: 0.4 }), [3, 4, 2]), of(layers.dropout({ rate: 0 }), [4])],
  Flatten: [of(layers.flatten(), [3, 4, 2])],
  GaussianDropout: [
    of(layers.gaussianDropout({ rate: 0.3 }), [3, 4, 2]),
    of(layers.gaussianDropout({ rate: 0 }), [4]),
  ],
  GaussianNoise: [
    of(layers.gaussianNoise({ stddev: 0.2 }), [3, 4, 2]),
    of(layers.gaussianNoise({ stddev: 0 }), [4]),
  ],
  GlobalAveragePooling2D: [of(layers.globalAveragePooling2d(), [3, 4, 2])],
  GlobalMaxPooling2D: [of(layers.globalMaxPooling2d(), [3, 4, 2])],
  GroupNormalization: [
    of(layers.groupNormalization({ groups: 2 }), [3, 4, 6]),
    of(layers.groupNormalization({ groups: -1, epsilon: 0.01, scale: false }), [3, 4, 5]),
    of(
      layers.groupNormalization({ groups: 1, center: false, gammaInitializer: 'heNormal', trainable: false }),
      [6],
    ),
    of(layers.groupNormalization(), [2, 64]),
  ],
  InputLayer: [of(layers.inputLayer({ shape: [3, 4, 2] }), [3, 4, 2])],
  LayerNormalization: [
    of(layers.layerNormalization(), [3, 4, 6]),
    of(layers.layerNormalization({ axis: [1, 2, 3], betaInitializer: 'heNormal' }), [3, 4, 2]),
    of(layers.layerNormalization({ axis: [-1, -2], epsilon: 0.01, center: false }), [3, 4, 2]),
    of(layers.layerNormalization({ scale: false, trainable: false }), [6]),
  ],
  MaxPooling2D: [
    of(layers.maxPooling2d(), [5, 6, 2]),
    of(layers.maxPooling2d({ poolSize: 3, strides: [2, 1], padding: 'same' }), [5, 6, 2]),
  ],
  MinPooling2D: [
    of(layers.minPooling2d(), [5, 6, 2]),
    of(layers.minPooling2d({ poolSize: [3, 2], padding: 'same' }), [5, 6, 2]),
  ],
  Normalization: [of(layers.normalization(), [3, 4, 2]), of(layers.normalization(), [5])],
  PatchWhitening: [
    of(layers.patchWhitening(), [3, 4, 2]),
    of(
      layers.patchWhitening({ kernelSize: [3, 1], epsilon: 0.01, useBias: false, activation: 'relu' }),
      [5, 4, 1],
    ),
  ],
  Reshape: [of(layers.reshape({ targetShape: [6, -1] }), [3, 4, 2])],
  SeparableConv2D: [
    of(layers.separableConv2d({ filters: 4, kernelSize: 3 }), [5, 6, 2]),
    of(
      layers.separableConv2d({
        filters: 5,
        kernelSize: [3, 2],
        strides: 2,
        padding: 'same',
        depthMultiplier: 2,
        activation: 'tanh',
        useBias: false,
        depthwiseInitializer: 'heUniform',
        pointwiseInitializer: 'lecunNormal',
        depthwiseRegularizer: l2,
        pointwiseRegularizer: l2,
      }),
      [7, 5, 3],
    ),
  ],
  Softmax: [of(layers.softmax(), [5])],
  SpatialDropout2D: [
    of(layers.spatialDropout2d({ rate: 0.4 }), [3, 4, 5]),
    of(layers.spatialDropout2d({ rate: 0 }), [3, 4, 2]),
  ],
  ZeroPadding2D: [
    of(layers.zeroPadding2d(), [3, 4, 2]),
    of(
      layers.zeroPadding2d({
        padding: [
          [1, 0],
          [2, 3],
        ],
      }),
      [3, 4, 2],
    ),
  ],
}

const rows = 2

test('every layer of the registry has a case', () => {
  expect(Object.keys(cases).sort()).toEqual([...layerClassNames].sort())
})

describe.each(
  Object.entries(cases).flatMap(([name, list]) => list.map((one, i) => ({ name, i, ...one }))),
)('$name, case $i', ({ name, layer, inputs }) => {
  test('its options, read back from JSON, give the same layer', () => {
    const again = layerFromConfig(name, JSON.parse(JSON.stringify(layer.options)))
    expect(again.options).toEqual(layer.options)
    expect(again.constructor).toBe(layer.constructor)
    expect(layer.className).toBe(name)
  })

  test.each([true, false])('it declares the shape that it records (training: %s)', training => {
    const { outputs } = record(networkOf(layer, inputs), rows, training)
    expect(outputs[0]!.shape).toEqual([rows, ...layer.outputShape(inputs)])
  })

  test('it counts the multiply-adds of the products it records', () => {
    const { graph } = record(networkOf(layer, inputs), rows, false)
    const flop = graph.nodes
      .filter(node => ['conv2d', 'depthwiseConv2d', 'matmul'].includes(node.op))
      .reduce(
        (sum, { op, inputs, output }) =>
          sum +
          flopOf(
            op,
            inputs.map(input => input.shape),
            output.shape,
          ),
        0,
      )
    expect(layer.multiplyAdds(inputs)).toBe(flop / 2 / rows)
  })

  test('a gradient reaches every trainable weight', async () => {
    const recording = record(networkOf(layer, inputs), rows, true)
    const names = recordGradients(recording)
    const { outputs } = await run(recording, { target: noise('target', sizeOf(recording.outputs[0]!.shape)) })
    for (const weight of names)
      expect(Math.max(...outputs[weight]!.map(Math.abs)), weight).toBeGreaterThan(1e-4)
    expect(names).toHaveLength(recording.network.weights.filter(weight => weight.trainable).length)
  })

  test.each([true, false])('it gives the same finite numbers twice (training: %s)', async training => {
    const recording = record(networkOf(layer, inputs), rows, training)
    const [first, second] = [await run(recording), await run(recording)]
    expect(first.outputs).toEqual(second.outputs)
    expect(first.outputs.y0!.every(Number.isFinite)).toBe(true)
  })
})

/** Records the gradient of a squared error for every trainable weight, as outputs under the weights' names. */
function recordGradients({ network, graph, outputs }: Recording): string[] {
  const output = outputs[0]!
  const error = graph.apply('squaredError', {}, [output, graph.input('target', output.shape)])
  const names = network.weights.filter(weight => weight.trainable).map(weight => weight.name)
  const targets = names.map(name => variable(network, graph, name))
  const gradients = differentiate(graph, graph.apply('mean', {}, [error]), targets)
  return names.filter((name, i) => {
    const gradient = gradients[i]
    if (gradient) graph.output(name, gradient)
    return gradient !== null
  })
}
