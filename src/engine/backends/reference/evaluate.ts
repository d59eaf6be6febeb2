import type { Graph, GraphNode, Source } from '../../graph/graph.js'
import type { OpName } from '../../ops/attributes.js'
import type { Op } from '../../ops/op.js'
import { ops } from '../../ops/table.js'

/** Every value of a graph by its number, computed in float64 by the ops' meanings, one after the other. */
export function evaluate(
  graph: Graph,
  numbersOf: (source: Source) => Float64Array,
): Map<number, Float64Array> {
  const values = new Map(graph.sources.map(source => [source.value.id, numbersOf(source)]))
  for (const node of graph.nodes) values.set(node.output.id, compute(node, values))
  return values
}

function compute(node: GraphNode, values: ReadonlyMap<number, Float64Array>): Float64Array {
  const op = ops[node.op] as Op<OpName>
  return op.meaning(
    node.attributes,
    node.inputs.map(input => values.get(input.id)!),
    node.inputs.map(input => input.shape),
    node.output.shape,
  )
}
