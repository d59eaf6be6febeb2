import { fanIn, tutorial, type WeightedLayer, weightedLayers } from '../network.js'
import { randomWeights } from '../server/examples.js'
import { Message } from './protobuf.js'

// Field numbers and codes are those of onnx.proto.

const FLOAT = 1
const IR_VERSION = 8
const OPSET = 13

/** The tutorial's network with random weights as an ONNX file: input `x` [N, 3, 32, 32], output `y` [N, 10]. */
export function onnxModel(): Uint8Array {
  const { channels, size, classes } = tutorial
  const graph = new Message()
    .message(1, ...nodes())
    .text(2, 'tutorial')
    .message(5, ...weightedLayers().flatMap(weights))
    .message(11, picturesOf('x', [channels, size, size]))
    .message(12, picturesOf('y', [classes]))
  const operators = new Message().int(2, OPSET)
  return new Message().int(1, IR_VERSION).message(7, graph).message(8, operators).toBytes()
}

function nodes(): Message[] {
  const list: Message[] = []
  let value = 'x'
  const append = (
    operator: string,
    weights: readonly string[],
    attributes: readonly Message[],
    output: string,
  ) => {
    list.push(node(operator, [value, ...weights], output, attributes))
    value = output
  }
  const layers = weightedLayers()
  layers.forEach((layer, index) => {
    const isLast = index === layers.length - 1
    if (layer.kind === 'dense' && layers[index - 1]!.kind !== 'dense') append('Flatten', [], [], 'flat')
    const weights = [`kernel${index}`, `bias${index}`]
    if (layer.kind === 'dense') append('Gemm', weights, [], `sum${index}`)
    else append('Conv', weights, [integers('pads', 1, 1, 1, 1)], `sum${index}`)
    if (isLast) append('Softmax', [], [], 'y')
    else append('Relu', [], [], `relu${index}`)
    if (layer.pooled)
      append('MaxPool', [], [integers('kernel_shape', 2, 2), integers('strides', 2, 2)], `pool${index}`)
  })
  return list
}

function weights(layer: WeightedLayer, index: number): Message[] {
  const { kind, inputs, outputs } = layer
  const kernel = `kernel${index}`
  const values = randomWeights(kernel, outputs * fanIn(layer), fanIn(layer))
  // Gemm multiplies x [N, inputs] with [inputs, outputs].
  const shape = kind === 'convolution' ? [outputs, inputs, 3, 3] : [inputs, outputs]
  return [tensor(kernel, shape, values), tensor(`bias${index}`, [outputs], new Float32Array(outputs))]
}

const node = (
  operator: string,
  inputs: readonly string[],
  output: string,
  attributes: readonly Message[],
): Message =>
  new Message()
    .text(1, ...inputs)
    .text(2, output)
    .text(4, operator)
    .message(5, ...attributes)

const INTEGERS = 7
const integers = (name: string, ...values: readonly number[]): Message =>
  new Message()
    .text(1, name)
    .int(8, ...values)
    .int(20, INTEGERS)

const tensor = (name: string, shape: readonly number[], values: Float32Array): Message =>
  new Message()
    .int(1, ...shape)
    .int(2, FLOAT)
    .text(8, name)
    .bytes(9, new Uint8Array(values.buffer))

/** What comes in or goes out: any number of rows of a known shape. */
function picturesOf(name: string, row: readonly number[]): Message {
  const rows = new Message().text(2, 'pictures')
  const shape = new Message().message(1, rows, ...row.map(length => new Message().int(1, length)))
  const type = new Message().message(1, new Message().int(1, FLOAT).message(2, shape))
  return new Message().text(1, name).message(2, type)
}
