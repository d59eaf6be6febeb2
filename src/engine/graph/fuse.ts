import type { Activation, Epilogue, OpName } from '../ops/attributes.js'
import type { Value } from '../ops/op.js'
import type { GraphNode, StaticGraph } from './graph.js'
import { staticParts } from './prune.js'

type Product = GraphNode<'conv2d'> | GraphNode<'depthwiseConv2d'> | GraphNode<'matmul'>

const linear: Activation = { kind: 'linear', alpha: 0 }

/**
 * Moves what can be done on the way to memory into the op before it, where nobody else needs the number in between: a
 * bias and an activation into a product; a relu's gradient into the gradient of the convolution or pooling behind it.
 * Done after differentiation.
 */
export function fuse(graph: StaticGraph): StaticGraph {
  const uses = countUses(graph)
  const producers = new Map<number, GraphNode>()
  const replaced = new Set<GraphNode>()
  const nodes = graph.nodes.map(node => {
    const before = producers.get(node.inputs[0]?.id ?? -1)
    const fused = before && uses(before.output) === 1 ? absorb(before, node) : null
    if (fused) replaced.add(before!)
    producers.set(node.output.id, fused ?? node)
    return fused ?? node
  })
  return { ...staticParts(graph), nodes: nodes.filter(node => !replaced.has(node)) }
}

/** The op that also does what `next` does to its output; null when it cannot. */
const absorb = (node: GraphNode, next: GraphNode): GraphNode | null =>
  isProduct(node) ? absorbEpilogue(node, next) : absorbRelu(node, next)

const products: readonly OpName[] = ['conv2d', 'depthwiseConv2d', 'matmul'] satisfies Product['op'][]

const isProduct = (node: GraphNode): node is Product => products.includes(node.op)

function absorbEpilogue(product: Product, next: GraphNode): Product | null {
  const { bias, activation } = product.attributes.epilogue ?? { bias: false, activation: linear }
  if (activation.kind !== 'linear') return null
  if (next.op === 'biasAdd' && !bias)
    return withEpilogue(product, { bias: true, activation }, [...product.inputs, next.inputs[1]!], next)
  if (next.op === 'activation')
    return withEpilogue(product, { bias, activation: next.attributes as Activation }, product.inputs, next)
  return null
}

const withEpilogue = (
  product: Product,
  epilogue: Epilogue,
  inputs: readonly Value[],
  { output }: GraphNode,
): Product => ({ ...product, attributes: { ...product.attributes, epilogue }, inputs, output }) as Product

/** `next` must be the gradient of a relu whose output `node` was the input of. */
function absorbRelu(node: GraphNode, next: GraphNode): GraphNode | null {
  if (next.op !== 'activationGradient' || (next.attributes as Activation).kind !== 'relu') return null
  const made = next.inputs[1]!
  const attributes = { ...node.attributes, throughRelu: true }
  if (node.op === 'pool2dGradient' && node.inputs[1]!.id === made.id)
    return { ...node, attributes, output: next.output } as GraphNode
  if (node.op === 'conv2dInputGradient' || node.op === 'depthwiseConv2dInputGradient')
    return { ...node, attributes, inputs: [...node.inputs, made], output: next.output } as GraphNode
  return null
}

/** How often each value is read, from outside included. */
function countUses({ nodes, outputs, updates }: StaticGraph): (value: Value) => number {
  const counts = new Map<number, number>()
  const readers = [...nodes.flatMap(node => node.inputs), ...outputs.values(), ...updates.values()]
  for (const { id } of readers) counts.set(id, (counts.get(id) ?? 0) + 1)
  return ({ id }) => counts.get(id) ?? 0
}
