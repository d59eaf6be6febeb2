import type { GraphNode, StaticGraph } from '../../graph/graph.js'
import { lives, type Storage } from '../../graph/liveness.js'
import { type BufferLife, placeBuffers } from '../../graph/memory.js'
import type { OpName } from '../../ops/attributes.js'
import { type Addresses, FLOAT, type Kernel, type KernelFor, type KernelStep } from './kernels/kernel.js'
import { kernels } from './kernels/table.js'
import { aligned, type VariableLayout } from './layout.js'

/** One step with its place in memory: all that is needed to write its code. */
export interface PlannedStep {
  readonly step: KernelStep
  readonly at: Addresses
  readonly node: GraphNode
}

/** A graph with every buffer placed: an ordered list of steps over one arena. */
export interface Plan {
  readonly steps: readonly PlannedStep[]
  /** Address of each value that is read or written from outside. */
  readonly inputs: ReadonlyMap<string, { address: number; floats: number }>
  readonly outputs: ReadonlyMap<string, { address: number; floats: number }>
  /** Scratch memory of thread t: `scratch + t · scratchBytes`. */
  readonly scratch: number
  readonly scratchBytes: number
  /** First address behind everything, for as many threads as were planned. */
  readonly end: number
}

export function planGraph(graph: StaticGraph, variables: VariableLayout, threads: number): Plan {
  const { storages, of } = lives(graph)
  const lowered = graph.nodes.map(node => ({ node, kernel: lower(node) }))
  const arena: { life: BufferLife; storage?: Storage }[] = storages
    .filter(storage => storage.variable === null)
    .map(storage => ({
      life: { bytes: storage.floats * FLOAT, from: storage.from, to: storage.to },
      storage,
    }))
  const temporaries = lowered.map(({ kernel }, index) =>
    (kernel?.temporaries ?? []).map(
      floats => arena.push({ life: { bytes: floats * FLOAT, from: index, to: index } }) - 1,
    ),
  )
  const placement = placeBuffers(arena.map(({ life }) => life))
  const addressOf = placed(variables, arena, placement.offsets)
  const address = (id: number) => addressOf(of.get(id)!)

  const steps = lowered.flatMap(({ node, kernel }, index) => {
    const at: Addresses = {
      inputs: node.inputs.map(input => address(input.id)),
      output: address(node.output.id),
      temporaries: temporaries[index]!.map(i => variables.end + placement.offsets[i]!),
    }
    return (kernel?.steps ?? []).map(step => ({ step, at, node }))
  })
  const scratch = variables.end + placement.bytes
  const scratchBytes = aligned(
    Math.max(0, ...lowered.map(({ kernel }) => kernel?.scratch ?? 0)) * FLOAT + 128,
  )
  const outside = (id: number) => ({ address: address(id), floats: of.get(id)!.floats })
  return {
    steps,
    inputs: new Map(
      graph.sources
        .filter(({ kind }) => kind === 'input')
        .map(({ name, value }) => [name, outside(value.id)]),
    ),
    outputs: new Map([...graph.outputs].map(([name, value]) => [name, outside(value.id)])),
    scratch,
    scratchBytes,
    end: scratch + threads * scratchBytes,
  }
}

/** The kernel of a node; null for one that computes nothing. */
function lower(node: GraphNode): Kernel | null {
  if (node.op === 'reshape') return null
  const kernel = kernels[node.op] as unknown as KernelFor<OpName>
  return kernel({
    attributes: node.attributes,
    inputs: node.inputs.map(input => input.shape),
    output: node.output.shape,
  })
}

function placed(
  variables: VariableLayout,
  arena: readonly { storage?: Storage }[],
  offsets: readonly number[],
): (storage: Storage) => number {
  const addresses = new Map<Storage, number>()
  arena.forEach(({ storage }, index) => storage && addresses.set(storage, variables.end + offsets[index]!))
  return storage => {
    if (storage.variable === null) return addresses.get(storage)!
    const address = variables.addresses.get(storage.variable)
    if (address === undefined) throw new Error(`plan: the device has no variable "${storage.variable}"`)
    return address
  }
}
