import type { OpName } from '../ops/attributes.js'
import type { Op, Value } from '../ops/op.js'
import { ops } from '../ops/table.js'
import type { Graph } from './graph.js'

/**
 * Records the gradient of the scalar `loss` (shape [1]) with respect to each of `targets`, by walking the nodes
 * backwards and letting every op write its own gradient. Values that no target depends on get no gradient.
 */
export function differentiate(graph: Graph, loss: Value, targets: readonly Value[]): (Value | null)[] {
  const needed = dependants(graph, targets)
  const gradients = new Map<number, Value>()
  const forward = [...graph.nodes]
  graph.label = 'loss'
  gradients.set(loss.id, graph.apply('spread', { shape: [1], factor: 1 }, [graph.input('one', [1])]))
  for (const node of forward.reverse()) {
    const dy = gradients.get(node.output.id)
    if (!dy || !needed.has(node.output.id)) continue
    graph.label = node.label
    const { gradient } = ops[node.op] as Op<OpName>
    if (!gradient) throw new Error(`"${node.op}" has no gradient, but the loss depends on it`)
    gradient(graph, node, dy).forEach((dx, i) => {
      const input = node.inputs[i]!
      if (!dx || !needed.has(input.id)) return
      const before = gradients.get(input.id)
      gradients.set(input.id, before ? graph.apply('add', {}, [before, dx]) : dx)
    })
  }
  return targets.map(target => gradients.get(target.id) ?? null)
}

/** Every value that depends on one of `roots`, the roots themselves included. */
function dependants(graph: Graph, roots: readonly Value[]): Set<number> {
  const found = new Set(roots.map(root => root.id))
  for (const node of graph.nodes)
    if (node.inputs.some(input => found.has(input.id))) found.add(node.output.id)
  return found
}
