import { describe, expect, test } from 'vitest'
import { input } from './functional.js'
import * as layers from './layers/index.js'
import { modelFromName } from './models.js'
import { functional, initialWeights, Network, sequential } from './network.js'
import { record } from './recording.fixture.js'

const conv = (options: Partial<layers.Conv2DOptions> = {}) =>
  layers.conv2d({ filters: 4, kernelSize: 3, padding: 'same', ...options })

/** Two branches over one picture, joined. */
const branching = () => {
  const x = input({ shape: [8, 8, 3], name: 'picture' })
  const joined = layers.concatenate().apply([conv().apply(x), conv({ kernelSize: 1 }).apply(x)])
  return functional({ inputs: x, outputs: layers.flatten().apply(joined), name: 'two' })
}

describe('a Sequential', () => {
  const network = sequential(modelFromName('tutorial').layers([32, 32, 3], 10))

  test('names its layers and weights as Keras does', () => {
    expect(network.name).toBe('sequential')
    expect(network.calls.map(call => call.name).slice(0, 5)).toEqual([
      'input_layer',
      'conv2d',
      'conv2d_1',
      'max_pooling2d',
      'conv2d_2',
    ])
    expect(network.weights.slice(0, 2)).toMatchObject([
      { name: 'conv2d/kernel', layer: 'conv2d', trainable: true, spec: { shape: [3, 3, 3, 64] } },
      { name: 'conv2d/bias', layer: 'conv2d', trainable: true, spec: { shape: [64] } },
    ])
  })

  test('knows the shapes of its ends', () => {
    expect(network.inputShape).toEqual([32, 32, 3])
    expect(network.outputShape).toEqual([10])
  })

  test('may begin with an InputLayer', () => {
    const { calls, inputs } = sequential([layers.inputLayer({ shape: [4] }), layers.dense({ units: 2 })])
    expect(calls.map(call => call.name)).toEqual(['input_layer', 'dense'])
    expect(inputs).toEqual([0])
  })

  test('one layer can stand in two networks, and freezing one freezes its weights', () => {
    const shared = layers.dense({ units: 2, trainable: false, inputShape: [4] })
    expect(sequential([shared]).weights.map(weight => weight.trainable)).toEqual([false, false])
    expect(sequential([shared, layers.softmax()]).weights).toEqual(sequential([shared]).weights)
  })
})

describe('a functional network', () => {
  test('runs along every branch, each layer after what it needs', () => {
    const { calls, outputs, outputShape } = branching()
    expect(calls.map(call => [call.name, call.inputs])).toEqual([
      ['picture', []],
      ['conv2d', [0]],
      ['conv2d_1', [0]],
      ['concatenate', [1, 2]],
      ['flatten', [3]],
    ])
    expect(outputs).toEqual([4])
    expect(outputShape).toEqual([512])
  })

  test('says which end is meant when there are several', () => {
    const x = input({ shape: [4] })
    const two = functional({
      inputs: x,
      outputs: [layers.dense({ units: 1 }).apply(x), layers.softmax().apply(x)],
    })
    expect(() => two.outputShape).toThrow('Network "functional" has 2 outputs, not one.')
    expect(record(two, 3, false).outputs.map(output => output.shape)).toEqual([
      [3, 1],
      [3, 4],
    ])
  })

  test('feeds inputs in the order in which they were listed', () => {
    const [a, b] = [input({ shape: [2] }), input({ shape: [3] })]
    const network = functional({ inputs: [b, a], outputs: layers.concatenate().apply([a, b]) })
    const { graph } = record(network, 1, false)
    expect(graph.sources.map(source => [source.name, source.value.shape])).toEqual([
      ['x0', [1, 3]],
      ['x1', [1, 2]],
    ])
    expect(graph.nodes[0]!.inputs.map(value => value.shape)).toEqual([
      [1, 2],
      [1, 3],
    ])
  })
})

test('recording labels each op with its layer and refuses pictures of another size', () => {
  const { graph } = record(branching(), 2, false)
  expect(graph.nodes.map(node => `${node.label} ${node.op}`)).toEqual([
    'conv2d conv2d',
    'conv2d biasAdd',
    'conv2d_1 conv2d',
    'conv2d_1 biasAdd',
    'concatenate concatenate',
    'flatten reshape',
  ])
  const x = graph.input('other', [2, 8, 9, 3])
  expect(() => branching().record(graph, [x], () => x, { training: false })).toThrow(
    'Network "two" takes pictures of 8×8×3 at "picture", but 8×9×3 came.',
  )
})

test('a layer that needs what the recording does not offer says so', () => {
  const network = sequential([layers.dropout({ rate: 0.5, inputShape: [4] })])
  const { graph } = record(network, 2, false)
  const x = graph.input('x0', [2, 4])
  expect(() => network.record(graph, [x], () => x, { training: true })).toThrow(
    '"dropout" cannot be recorded without the option randomState',
  )
})

describe('config', () => {
  test.each([
    ['Sequential', () => sequential(modelFromName('small').layers([8, 8, 1], 3), 'mine')],
    ['Functional', branching],
  ])('%s: the network built again from JSON is the same', (_, build) => {
    const network = build()
    const again = Network.fromConfig(JSON.parse(JSON.stringify(network.config())))
    expect(again.config()).toEqual(network.config())
    expect(again.weights).toEqual(network.weights)
    expect(again.calls.map(call => call.outputShape)).toEqual(network.calls.map(call => call.outputShape))
  })

  const config = branching().config()
  const [picture, first] = config.layers
  test.each<[string, unknown, string]>([
    ['nothing', null, 'it is null'],
    ['no kind', { ...config, kind: 'Model' }, 'its kind is "Model"'],
    ['no layers', { ...config, layers: {} }, 'it has no list of layers'],
    ['a layer that is none', { ...config, layers: [3] }, 'layer 1 is 3'],
    [
      'a layer without inputs',
      { ...config, layers: [{ ...picture, inputs: 1 }] },
      'layer 1 lacks its className',
    ],
    [
      'a layer before its input',
      { ...config, layers: [first, picture] },
      'it connects to "picture", which is no layer',
    ],
    ['an output that is none', { ...config, outputs: ['end'] }, 'it connects to "end"'],
  ])('with %s it is refused', (_, broken, problem) => {
    expect(() => Network.fromConfig(broken)).toThrow(problem)
  })
})

describe('a network that does not fit', () => {
  test('the layer, the advice and the sizes so far are said', () => {
    const build = () =>
      sequential([
        conv({ inputShape: [9, 9, 3], padding: 'valid', kernelSize: 5 }),
        conv({ name: 'stem', padding: 'valid', kernelSize: 7 }),
      ])
    expect(build).toThrow(
      'Conv2D "stem": kernelSize 7×7 with padding "valid" does not fit an input of 5×5.\n' +
        '  Use padding: "same", or a kernel of at most 5×5.\n' +
        '  The sizes so far: 9×9×3 → conv2d 5×5×4.',
    )
  })

  test.each<[string, () => unknown, string]>([
    [
      'dilation',
      () => sequential([conv({ inputShape: [5, 5, 1], padding: 'valid', dilationRate: 3 })]),
      'kernelSize 3×3, dilationRate 3×3 with padding "valid" does not fit an input of 5×5.\n  Use padding: "same", or a kernel of at most 2×2.',
    ],
    [
      'pool',
      () => sequential([layers.maxPooling2d({ inputShape: [1, 5, 1] })]),
      'MaxPooling2D: poolSize 2×2 with padding "valid" does not fit an input of 1×5.\n  Use padding: "same", or a window of at most 1×5.',
    ],
    [
      'no picture',
      () => sequential([layers.flatten({ inputShape: [2, 2, 2] }), conv()]),
      'Conv2D needs pictures [height, width, channels], but an input of 8 came.',
    ],
    [
      'reshape',
      () => sequential([layers.reshape({ targetShape: [5, -1], inputShape: [4, 4] })]),
      'Reshape: an input of 4×4 holds 16 numbers, which do not fill 5×-1.',
    ],
    ['no layers', () => sequential([]), 'Sequential: there are no layers.'],
    [
      'no inputShape',
      () => sequential([conv({ name: 'stem' })]),
      'Sequential: the first layer, Conv2D "stem", has no inputShape.',
    ],
    [
      'another inputShape inside',
      () => sequential([layers.flatten({ inputShape: [2, 3] }), layers.dense({ units: 1, inputShape: [7] })]),
      'Dense: inputShape says 7, but an input of 6 came.',
    ],
    [
      'join of one',
      () => sequential([layers.add({ inputShape: [3] })]),
      'Add takes at least two inputs, but 1 came.',
    ],
    [
      'add of two shapes',
      () => layers.add().apply([input({ shape: [3] }), input({ shape: [4] })]),
      'Add needs inputs of one shape, but 3 and 4 came.',
    ],
    [
      'concatenate across',
      () => layers.concatenate({ axis: 1 }).apply([input({ shape: [3, 2] }), input({ shape: [3, 4] })]),
      'Concatenate joins along axis 1, but 3×2 and 3×4 differ elsewhere.',
    ],
    [
      'concatenate rows',
      () => layers.concatenate({ axis: 0 }).apply([input({ shape: [3] }), input({ shape: [3] })]),
      'Concatenate: axis 0 does not exist in inputs of 2 axes, or is the batch axis 0.',
    ],
    [
      'two for one',
      () => layers.flatten().apply([input({ shape: [3] }), input({ shape: [3] })]),
      'Flatten takes one input, but 2 came.',
    ],
    [
      'twice',
      () => (layer => sequential([layer, layer]))(layers.dense({ units: 3, name: 'same', inputShape: [3] })),
      'Dense "same" stands in the network twice.',
    ],
    [
      'idle input',
      () => functional({ inputs: [input({ shape: [3] })], outputs: input({ shape: [4] }) }),
      'Network "functional": input 1, InputLayer, leads to no output.',
    ],
    [
      'missing input',
      () => functional({ inputs: [], outputs: input({ shape: [4], name: 'left' }) }),
      'Network "functional": an output depends on InputLayer "left", which is not among the inputs.',
    ],
    [
      'made input',
      () => (x => functional({ inputs: x, outputs: x }))(layers.softmax().apply(input({ shape: [4] }))),
      'Network "functional": input 1 is made by Softmax.',
    ],
  ])('%s', (_, build, message) => {
    expect(build).toThrow(message)
  })
})

test('first weights depend on the seed and on their own names, not on other layers', () => {
  const head = layers.dense({ units: 2, name: 'head' })
  const short = sequential([layers.flatten({ inputShape: [4] }), head])
  const long = sequential([layers.dense({ units: 4, inputShape: [4] }), head])
  expect(initialWeights(short, 5).get('head/kernel')).toEqual(initialWeights(long, 5).get('head/kernel'))
  expect(initialWeights(short, 5)).not.toEqual(initialWeights(short, 6))
  expect(initialWeights(short, 5).get('head/bias')!.data).toEqual(Float32Array.of(0, 0))
})
