import { sizeOf } from '../../base/shape.js'
import type { OpName } from '../ops/attributes.js'
import type { Op, Value } from '../ops/op.js'
import { ops } from '../ops/table.js'
import type { GraphNode, StaticGraph } from './graph.js'

/** A buffer of the plan. Several values may share one: an op that works in place, or only renames its input. */
export interface Storage {
  /** The variable that lives here, if one does: its memory is the device's, not the arena's. */
  readonly variable: string | null
  readonly floats: number
  /** First and last node that touch it; inputs exist from the start (-1), outputs to the end. */
  from: number
  to: number
}

export interface Lives {
  readonly storages: readonly Storage[]
  /** The storage of each value, by the value's number. */
  readonly of: ReadonlyMap<number, Storage>
}

/** Which value lives in which buffer, and for how long. */
export function lives(graph: StaticGraph): Lives {
  const storages: Storage[] = []
  const of = new Map<number, Storage>()
  const reserve = (value: Value, from: number, variable: string | null) => {
    const storage = { variable, floats: sizeOf(value.shape), from, to: from }
    storages.push(storage)
    of.set(value.id, storage)
  }
  const updating = updatingValues(graph)
  for (const source of graph.sources)
    reserve(source.value, -1, source.kind === 'variable' ? source.name : null)
  graph.nodes.forEach((node, index) => {
    const shared = sharedInput(node, updating)
    if (shared) of.set(node.output.id, of.get(shared.id)!)
    else reserve(node.output, index, null)
    for (const value of [...node.inputs, node.output]) of.get(value.id)!.to = index
  })
  for (const value of graph.outputs.values()) of.get(value.id)!.to = graph.nodes.length
  return { storages, of }
}

/** The input whose memory the output takes over: always for a reshape, and in place where a variable is updated. */
function sharedInput(node: GraphNode, updating: ReadonlySet<number>): Value | undefined {
  if (node.op === 'reshape') return node.inputs[0]
  const { inPlace } = ops[node.op] as Op<OpName>
  return inPlace !== undefined && updating.has(node.output.id) ? node.inputs[inPlace] : undefined
}

/** The values that become a variable's new value, and those they are made of in place. */
function updatingValues(graph: StaticGraph): Set<number> {
  const found = new Set([...graph.updates.values()].map(value => value.id))
  const readLater = new Set<number>()
  for (const node of [...graph.nodes].reverse()) {
    const { inPlace } = ops[node.op] as Op<OpName>
    if (inPlace !== undefined && found.has(node.output.id)) {
      const overwritten = node.inputs[inPlace]!
      if (readLater.has(overwritten.id))
        throw new Error(`graph: "${node.op}" of "${node.label}" overwrites a value that is still needed`)
      found.add(overwritten.id)
    }
    for (const input of node.inputs) readLater.add(input.id)
  }
  return found
}
