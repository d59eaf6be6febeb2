import type { GraphNode, StaticGraph } from './graph.js'

/** Leaves out every node that neither an output nor an update depends on: a gradient nobody asked for. */
export function prune(graph: StaticGraph): StaticGraph {
  const needed = new Set([...graph.outputs.values(), ...graph.updates.values()].map(value => value.id))
  const kept: GraphNode[] = []
  for (const node of [...graph.nodes].reverse()) {
    if (!needed.has(node.output.id)) continue
    kept.push(node)
    for (const input of node.inputs) needed.add(input.id)
  }
  return { ...staticParts(graph), nodes: kept.reverse() }
}

export const staticParts = ({ nodes, sources, outputs, updates }: StaticGraph): StaticGraph => ({
  nodes,
  sources,
  outputs,
  updates,
})
