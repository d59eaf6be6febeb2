import type { Random } from '../../src/base/random.js'
import { type Shape, sizeOf } from '../../src/base/shape.js'
import type { Values } from '../../src/engine/backends/backend.js'
import { Graph } from '../../src/engine/graph/graph.js'
import type { Value } from '../../src/engine/ops/op.js'
import { type Layer, type Operands, operandsOf, takesPicture, windowOf } from './layers.js'

/** Forward, and the gradients with respect to input and weights. */
export const passes = ['forward', 'input gradient', 'kernel gradient'] as const
export type Pass = (typeof passes)[number]

/** Whether training computes it. */
export const isNeeded = (layer: Layer, pass: Pass): boolean =>
  pass !== 'input gradient' || !takesPicture(layer)

/** The graph of one pass: its output is `result`. */
export function recordPass(layer: Layer, pass: Pass): Graph {
  const graph = new Graph()
  const operands = operandsOf(layer)
  const input = (name: keyof Operands) => graph.input(name, operands[name])
  graph.output(
    'result',
    layer.kind === 'dense' ? product(graph, pass, input) : convolution(graph, layer, pass, input),
  )
  return graph
}

type Input = (name: keyof Operands) => Value

function product(graph: Graph, pass: Pass, input: Input): Value {
  const multiply = (a: Value, b: Value, transposed: 'a' | 'b' | null = null) =>
    graph.apply('matmul', { transposeA: transposed === 'a', transposeB: transposed === 'b' }, [a, b])
  switch (pass) {
    case 'forward':
      return multiply(input('x'), input('weights'))
    case 'input gradient':
      return multiply(input('y'), input('weights'), 'b')
    case 'kernel gradient':
      return multiply(input('x'), input('y'), 'a')
  }
}

function convolution(
  graph: Graph,
  layer: Extract<Layer, { kind: 'convolution' }>,
  pass: Pass,
  input: Input,
): Value {
  const window = windowOf(layer)
  switch (pass) {
    case 'forward':
      return graph.apply('conv2d', window, [input('x'), input('weights')])
    case 'input gradient': {
      const inputShape = operandsOf(layer).x
      return graph.apply('conv2dInputGradient', { ...window, inputShape }, [input('y'), input('weights')])
    }
    case 'kernel gradient':
      return graph.apply('conv2dKernelGradient', window, [input('x'), input('y')])
  }
}

/** How many products each number of the result is the sum of, at most. */
export function termsOf(layer: Layer, pass: Pass): number {
  const { weights, y } = operandsOf(layer)
  const taps = sizeOf(weights.slice(0, -2))
  const [channels, filters] = weights.slice(-2) as [number, number]
  if (pass === 'kernel gradient') return sizeOf(y.slice(0, -1))
  return taps * (pass === 'forward' ? channels : filters)
}

/** Numbers for all operands of a layer, between -1 and 1. */
export function drawOperands(layer: Layer, random: Random): Record<keyof Operands, Float32Array> {
  const draw = (shape: Shape) => Float32Array.from({ length: sizeOf(shape) }, () => random.uniform(-1, 1))
  const { x, weights, y } = operandsOf(layer)
  return { x: draw(x), weights: draw(weights), y: draw(y) }
}

/** Those of the operands that a pass takes. */
export const inputsOf = (graph: Graph, operands: Readonly<Record<string, Float32Array>>): Values =>
  Object.fromEntries(graph.sources.map(({ name }) => [name, operands[name]!]))
