import { expect, test } from 'vitest'
import type { ActivationKind } from '../ops/attributes.js'
import type { Value } from '../ops/op.js'
import { differentiate } from './differentiate.js'
import { fuse } from './fuse.js'
import { Graph, type StaticGraph } from './graph.js'
import { lives } from './liveness.js'
import { prune } from './prune.js'

const opsOf = ({ nodes }: StaticGraph): string[] => nodes.map(node => node.op)

function dense(graph: Graph, kind: ActivationKind): { y: Value; product: Value } {
  const product = graph.apply('matmul', { transposeA: false, transposeB: false }, [
    graph.input('x', [2, 3]),
    graph.variable('w', [3, 5]),
  ])
  const biased = graph.apply('biasAdd', {}, [product, graph.variable('b', [5])])
  return { y: graph.apply('activation', { kind, alpha: 0 }, [biased]), product }
}

test('bias and activation move into the product', () => {
  const graph = new Graph()
  graph.output('y', dense(graph, 'relu').y)
  const [node, ...others] = fuse(graph).nodes
  expect(others).toEqual([])
  expect(node!.attributes).toMatchObject({ epilogue: { bias: true, activation: { kind: 'relu' } } })
  expect(node!.inputs.length).toBe(3)
  expect(opsOf(graph)).toEqual(['matmul', 'biasAdd', 'activation'])
})

test('bias and activation move into a depthwise convolution, and a relu’s gradient into its input gradient', () => {
  const window = { kernel: [1, 1], strides: [1, 1], dilation: [1, 1] } as const
  const attributes = { ...window, pad: { top: 0, bottom: 0, left: 0, right: 0 } }
  const graph = new Graph()
  const relu = (x: Value) => graph.apply('activation', { kind: 'relu', alpha: 0 }, [x])
  const before = graph.apply('scale', { factor: 2 }, [graph.variable('w', [1, 2, 2, 3])])
  const kernel = graph.variable('k', [1, 1, 3, 1])
  const product = graph.apply('depthwiseConv2d', attributes, [relu(before), kernel])
  const y = relu(graph.apply('biasAdd', {}, [product, graph.variable('b', [3])]))
  const loss = graph.apply('mean', {}, [y])
  const [dw] = differentiate(graph, loss, [graph.variable('w', [1, 2, 2, 3])])
  graph.output('dw', dw!)
  const nodes = fuse(prune(graph)).nodes.filter(node => node.op !== 'spread')
  expect(nodes.map(node => node.op)).toEqual([
    'scale',
    'activation',
    'depthwiseConv2d',
    'activationGradient',
    'depthwiseConv2dInputGradient',
    'scale',
  ])
  expect(nodes[2]!.attributes).toMatchObject({ epilogue: { bias: true, activation: { kind: 'relu' } } })
  expect(nodes[4]!.attributes).toMatchObject({ throughRelu: true })
})

test('a number that somebody else reads stays', () => {
  const graph = new Graph()
  const { y, product } = dense(graph, 'relu')
  graph.output('y', y)
  graph.output('product', product)
  expect(opsOf(fuse(graph))).toEqual(['matmul', 'biasAdd', 'activation'])
})

test('an activation whose derivative needs its input is fused only where there is no derivative', () => {
  const graph = new Graph()
  const { y } = dense(graph, 'gelu')
  graph.output('y', y)
  expect(opsOf(fuse(graph))).toEqual(['matmul'])
  const loss = graph.apply('mean', {}, [y])
  const [dw] = differentiate(graph, loss, [graph.variable('w', [3, 5])])
  graph.output('dw', dw!)
  expect(opsOf(fuse(graph)).slice(0, 2)).toEqual(['matmul', 'activation'])
})

test('what no output needs is left out', () => {
  const graph = new Graph()
  const x = graph.input('x', [4])
  const used = graph.apply('scale', { factor: 2 }, [x])
  graph.apply('scale', { factor: 3 }, [used])
  graph.output('used', used)
  expect(prune(graph).nodes.map(node => node.output)).toEqual([used])
})

test('an update takes over its variable in place, also through several steps', () => {
  const graph = new Graph()
  const [w, g, c] = [graph.variable('w', [4]), graph.input('g', [4]), graph.input('c', [2])]
  const half = graph.apply('combine', { square: false }, [w, g, c])
  const whole = graph.apply('combine', { square: false }, [half, g, c])
  graph.update('w', whole)
  const { of } = lives(graph)
  expect(of.get(whole.id)).toBe(of.get(w.id))
  expect(of.get(w.id)!.variable).toBe('w')
})

test('overwriting a variable that is still read is refused', () => {
  const graph = new Graph()
  const [w, g, c] = [graph.variable('w', [4]), graph.input('g', [4]), graph.input('c', [2])]
  graph.update('w', graph.apply('combine', { square: false }, [w, g, c]))
  graph.output('late', graph.apply('scale', { factor: 2 }, [w]))
  expect(() => lives(graph)).toThrow('"combine" of "" overwrites a value that is still needed')
})

test('a reshape is another view of the same buffer', () => {
  const graph = new Graph()
  const x = graph.input('x', [2, 6])
  const y = graph.apply('reshape', { shape: [12] }, [x])
  graph.output('y', graph.apply('scale', { factor: 2 }, [y]))
  const { of } = lives(graph)
  expect(of.get(y.id)).toBe(of.get(x.id))
})

test('an op that could work in place does not, where its output is no new value of a variable', () => {
  const graph = new Graph()
  const [m, g, c] = [graph.variable('m', [4]), graph.input('g', [4]), graph.input('c', [2])]
  const ahead = graph.apply('combine', { square: false }, [m, g, c])
  graph.update('m', graph.apply('combine', { square: false }, [m, ahead, c]))
  const { of } = lives(graph)
  expect(of.get(ahead.id)).not.toBe(of.get(m.id))
})
