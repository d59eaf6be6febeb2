import type { Activation, Epilogue } from '../ops/attributes.js'
import type { Value } from '../ops/op.js'
import type { GraphNode, StaticGraph } from './graph.js'
import { staticParts } from './prune.js'

type Product = GraphNode<'conv2d'> | GraphNode<'matmul'>

const linear: Activation = { kind: 'linear', alpha: 0 }

/**
 * Moves a bias and an activation into the product before them, where nobody else needs the number in between: the
 * kernel then applies them while its sums are still in registers. Done after differentiation.
 */
export function fuse(graph: StaticGraph): StaticGraph {
  const uses = countUses(graph)
  const products = new Map<number, Product>()
  const replaced = new Set<GraphNode>()
  const nodes = graph.nodes.map(node => {
    const product = isProduct(node) ? node : products.get(node.inputs[0]?.id ?? -1)
    const fused =
      product === node ? product : product && uses(product.output) === 1 ? absorb(product, node) : null
    if (!fused) return node
    if (product && fused !== node) replaced.add(product)
    products.set(fused.output.id, fused)
    return fused
  })
  return { ...staticParts(graph), nodes: nodes.filter(node => !replaced.has(node)) }
}

const isProduct = (node: GraphNode): node is Product => node.op === 'conv2d' || node.op === 'matmul'

/** The product that also does what `next` does to its output; null when that is not for an epilogue. */
function absorb(product: Product, next: GraphNode): Product | null {
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

/** How often each value is read, from outside included. */
function countUses({ nodes, outputs, updates }: StaticGraph): (value: Value) => number {
  const counts = new Map<number, number>()
  const readers = [...nodes.flatMap(node => node.inputs), ...outputs.values(), ...updates.values()]
  for (const { id } of readers) counts.set(id, (counts.get(id) ?? 0) + 1)
  return ({ id }) => counts.get(id) ?? 0
}
