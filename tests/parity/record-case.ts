import { sizeOf } from '../../src/base/shape.js'
import type { Values } from '../../src/engine/backends/backend.js'
import { differentiate } from '../../src/engine/graph/differentiate.js'
import { Graph } from '../../src/engine/graph/graph.js'
import type { OpAttributes, OpName, Window2D } from '../../src/engine/ops/attributes.js'
import type { Gradients, Op, Value } from '../../src/engine/ops/op.js'
import { ops } from '../../src/engine/ops/table.js'
import { padFor } from '../../src/engine/ops/window.js'
import type { ParityCase } from './cases.js'

/** A case as a graph that any backend can run: its outputs should be `expected`. */
export interface RecordedCase {
  readonly graph: Graph
  readonly inputs: Values
  readonly expected: Values
  /** How many products are summed for one number of each output: what the rounding bound of a kernel grows with. */
  readonly terms: Readonly<Record<string, number>>
}

/** What a family of cases records: its outputs by the tensors' names, with the length of the sum behind each. */
type Outputs = Readonly<Record<string, { readonly value: Value; readonly terms: number }>>
type RecordFamily = (graph: Graph, input: (name: string) => Value, parityCase: ParityCase) => Outputs

const families: Readonly<Record<string, RecordFamily>> = {
  conv2d: convolution,
  depthwise,
  separable,
  pool: pooling,
  dense,
  'softmax-crossentropy': softmaxCrossEntropy,
  'smoothed-crossentropy': smoothedCrossEntropy,
  'l1-penalty': l1Penalty,
  batchnorm: batchNorm,
  groupnorm: groupNorm,
  layernorm: layerNorm,
}

export function recordCase(parityCase: ParityCase): RecordedCase {
  const { name, tensors } = parityCase
  const family = Object.keys(families).find(key => name.startsWith(key))
  if (!family) throw new Error(`parity case "${name}" is of no known family`)
  const graph = new Graph()
  const input = (key: string) => graph.input(key, tensors.get(key)!.shape)
  const outputs = Object.entries(families[family]!(graph, input, parityCase))
  for (const [key, { value }] of outputs) graph.output(key, value)
  const numbers = (key: string) => [key, tensors.get(key)?.data ?? Float32Array.of(1)] as const
  return {
    graph,
    inputs: Object.fromEntries(graph.sources.map(source => numbers(source.name))),
    expected: Object.fromEntries(outputs.map(([key]) => numbers(key))),
    terms: Object.fromEntries(outputs.map(([key, { terms }]) => [key, terms])),
  }
}

function convolution(graph: Graph, input: (name: string) => Value, { config }: ParityCase): Outputs {
  const [x, kernel, dy] = [input('x'), input('kernel'), input('dy')]
  const [R, S, C, K] = kernel.shape as [number, number, number, number]
  const window = windowOver(x, [R, S], config)
  const product = applied(graph, 'conv2d', window, [x, kernel])
  const biased = applied(graph, 'biasAdd', {}, [product.output, input('bias')])
  const [dproduct, dbias] = biased.gradients(dy)
  const [dx, dkernel] = product.gradients(dproduct!)
  const places = sizeOf(dy.shape) / K
  return {
    y: { value: biased.output, terms: R * S * C + 1 },
    dx: { value: dx!, terms: R * S * K },
    dkernel: { value: dkernel!, terms: places },
    dbias: { value: dbias!, terms: places },
  }
}

function depthwise(graph: Graph, input: (name: string) => Value, { config }: ParityCase): Outputs {
  const [x, kernel, dy] = [input('x'), input('kernel'), input('dy')]
  const [R, S, , D] = kernel.shape as [number, number, number, number]
  const product = applied(graph, 'depthwiseConv2d', windowOver(x, [R, S], config), [x, kernel])
  const biased = applied(graph, 'biasAdd', {}, [product.output, input('bias')])
  const [dproduct, dbias] = biased.gradients(dy)
  const [dx, dkernel] = product.gradients(dproduct!)
  const places = sizeOf(dy.shape.slice(0, 3))
  return {
    y: { value: biased.output, terms: R * S + 1 },
    dx: { value: dx!, terms: R * S * D },
    dkernel: { value: dkernel!, terms: places },
    dbias: { value: dbias!, terms: places },
  }
}

/** Sums of sums: a number is rounded as often as both have terms together. */
function separable(graph: Graph, input: (name: string) => Value, { config }: ParityCase): Outputs {
  const [x, kernel, mixture, dy] = ['x', 'depthwise_kernel', 'pointwise_kernel', 'dy'].map(input) as [
    Value,
    Value,
    Value,
    Value,
  ]
  const [R, S, C, D] = kernel.shape as [number, number, number, number]
  const first = applied(graph, 'depthwiseConv2d', windowOver(x, [R, S], config), [x, kernel])
  const one = windowOver(first.output, [1, 1], { strides: [1, 1], padding: 'valid' })
  const second = applied(graph, 'conv2d', one, [first.output, mixture])
  const biased = applied(graph, 'biasAdd', {}, [second.output, input('bias')])
  const [dsecond, dbias] = biased.gradients(dy)
  const [dfirst, dmixture] = second.gradients(dsecond!)
  const [dx, dkernel] = first.gradients(dfirst!)
  const [places, filters] = [sizeOf(dy.shape.slice(0, 3)), dy.shape[3]!]
  return {
    y: { value: biased.output, terms: R * S + C * D + 1 },
    dx: { value: dx!, terms: filters + R * S * D },
    ddepthwise_kernel: { value: dkernel!, terms: filters + places },
    dpointwise_kernel: { value: dmixture!, terms: R * S + places },
    dbias: { value: dbias!, terms: places },
  }
}

function dense(graph: Graph, input: (name: string) => Value): Outputs {
  const [x, kernel, dy] = [input('x'), input('kernel'), input('dy')]
  const [rows, units] = dy.shape as [number, number]
  const product = applied(graph, 'matmul', { transposeA: false, transposeB: false }, [x, kernel])
  const biased = applied(graph, 'biasAdd', {}, [product.output, input('bias')])
  const [dproduct, dbias] = biased.gradients(dy)
  const [dx, dkernel] = product.gradients(dproduct!)
  return {
    y: { value: biased.output, terms: kernel.shape[0]! + 1 },
    dx: { value: dx!, terms: units },
    dkernel: { value: dkernel!, terms: rows },
    dbias: { value: dbias!, terms: rows },
  }
}

function pooling(graph: Graph, input: (name: string) => Value, { config }: ParityCase): Outputs {
  const x = input('x')
  const pool = { ...windowOver(x, config.poolSize!, config), kind: config.kind! }
  const { output, gradients } = applied(graph, 'pool2d', pool, [x])
  const [dx] = gradients(input('dy'))
  const terms = sizeOf(config.poolSize!)
  return { y: { value: output, terms }, dx: { value: dx!, terms } }
}

function smoothedCrossEntropy(graph: Graph, input: (name: string) => Value, { config }: ParityCase): Outputs {
  const smooth = (target: Value) => graph.apply('smoothTarget', { smoothing: config.smoothing! }, [target])
  const { loss, dlogits } = softmaxCrossEntropy(graph, name =>
    name === 'target' ? smooth(input(name)) : input(name),
  )
  return { loss: loss!, dlogits: dlogits! }
}

function l1Penalty(graph: Graph, input: (name: string) => Value, { config }: ParityCase): Outputs {
  const w = input('w')
  const loss = graph.apply('l1Penalty', { factor: config.factor! }, [w])
  const [dw] = differentiate(graph, loss, [w])
  return { loss: { value: loss, terms: sizeOf(w.shape) }, dw: { value: dw!, terms: 1 } }
}

function softmaxCrossEntropy(graph: Graph, input: (name: string) => Value): Outputs {
  const logits = input('logits')
  const [rows, classes] = logits.shape as [number, number]
  const losses = graph.apply('softmaxCrossEntropy', {}, [logits, input('target')])
  const loss = graph.apply('mean', {}, [losses])
  const [dlogits] = differentiate(graph, loss, [logits])
  const probabilities = graph.apply('softmax', {}, [logits])
  return {
    probabilities: { value: probabilities, terms: classes },
    loss: { value: loss, terms: classes * rows },
    dlogits: { value: dlogits!, terms: classes },
  }
}

function batchNorm(graph: Graph, input: (name: string) => Value, { config }: ParityCase): Outputs {
  const x = input('x')
  const terms = sizeOf(x.shape.slice(0, -1))
  const mean = graph.apply('channelMean', {}, [x])
  const variance = graph.apply('channelVariance', {}, [x, mean])
  const attributes = { epsilon: config.epsilon!, training: true }
  const norm = applied(graph, 'batchNorm', attributes, [x, mean, variance, input('gamma'), input('beta')])
  const [dx, , , dgamma, dbeta] = norm.gradients(input('dy'))
  const values = { mean, variance, y: norm.output, dx: dx!, dgamma: dgamma!, dbeta: dbeta! }
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, { value, terms }]))
}

function groupNorm(graph: Graph, input: (name: string) => Value, { config }: ParityCase): Outputs {
  const x = input('x')
  const attributes = { groups: config.groups!, epsilon: config.epsilon! }
  const norm = applied(graph, 'groupNorm', attributes, [x, input('gamma'), input('beta')])
  const [dx, dgamma, dbeta] = norm.gradients(input('dy'))
  const numbers = sizeOf(x.shape.slice(1)) / config.groups!
  const rows = sizeOf(x.shape.slice(0, -1))
  return {
    y: { value: norm.output, terms: numbers },
    dx: { value: dx!, terms: numbers },
    dgamma: { value: dgamma!, terms: rows + numbers },
    dbeta: { value: dbeta!, terms: rows },
  }
}

/** Group normalization of rows that hold what is normalised together. */
function layerNorm(graph: Graph, input: (name: string) => Value, parityCase: ParityCase): Outputs {
  const { axes, epsilon } = parityCase.config
  const flat = (name: string) => {
    const value = input(name)
    const row = sizeOf(value.shape.slice(-axes!))
    const rows = sizeOf(value.shape) / row
    return graph.apply('reshape', { shape: name === 'gamma' || name === 'beta' ? [row] : [rows, row] }, [
      value,
    ])
  }
  return groupNorm(graph, flat, { ...parityCase, config: { groups: 1, epsilon: epsilon! } })
}

/** Records an op, and on demand its gradient for a dy that is given. */
function applied<N extends OpName>(
  graph: Graph,
  op: N,
  attributes: OpAttributes[N],
  inputs: readonly Value[],
): { output: Value; gradients(dy: Value): Gradients } {
  const output = graph.apply(op, attributes, inputs)
  const { gradient }: Op<N> = ops[op]
  return { output, gradients: dy => gradient!(graph, { attributes, inputs, output }, dy) }
}

function windowOver(x: Value, kernel: readonly [number, number], config: ParityCase['config']): Window2D {
  const window = { kernel, strides: config.strides!, dilation: config.dilation ?? ([1, 1] as const) }
  return { ...window, pad: padFor([x.shape[1]!, x.shape[2]!], window, config.padding!) }
}
