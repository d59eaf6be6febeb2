import type { GraphNode, StaticGraph } from '../../graph/graph.js'
import { lives, type Storage } from '../../graph/liveness.js'
import { type BufferLife, placeBuffers } from '../../graph/memory.js'
import type { OpName } from '../../ops/attributes.js'
import type { Value } from '../../ops/op.js'
import { type Addresses, FLOAT, type Kernel, type KernelFor, type KernelStep } from './kernels/kernel.js'
import { kernels } from './kernels/table.js'
import { aligned, type VariableLayout } from './layout.js'
import { describeKernels, type KernelOfPlan } from './planned-kernel.js'

/** One step with its place in memory: all that is needed to write its code. */
export interface PlannedStep {
  readonly step: KernelStep
  readonly at: Addresses
  readonly node: GraphNode
  /** Makes something of weights alone, which stays where it is until the weights change. */
  readonly prepares: boolean
}

/** Where a value is that is read or written from outside. */
export interface Place {
  readonly address: number
  readonly floats: number
}

/** A graph with every buffer placed: an ordered list of steps over one arena. */
export interface Plan {
  readonly steps: readonly PlannedStep[]
  /** The same steps, kernel by kernel, for people. */
  readonly kernels: readonly KernelOfPlan[]
  readonly inputs: ReadonlyMap<string, Place>
  readonly outputs: ReadonlyMap<string, Place>
  /** Scratch memory of thread t: `scratch + t · scratchBytes`. */
  readonly scratch: number
  readonly scratchBytes: number
  /** First address behind everything, for as many threads as were planned. */
  readonly end: number
  /** Whether a run leaves the variables as they are, and with them what was made of them. */
  readonly keepsVariables: boolean
}

interface Lowered {
  readonly node: GraphNode
  readonly kernel: Kernel
}

/** Room behind the scratch memory for a vector read at its last float, so that threads never share a cache line. */
const SCRATCH_SLACK = 128

export function planGraph(graph: StaticGraph, variables: VariableLayout, threads: number): Plan {
  const lowered = graph.nodes.map(node => ({ node, kernel: lower(node) }))
  const prepares = preparation(graph)
  const { addressOf, temporaries, bytes } = layOut(graph, lowered, variables, prepares)
  const steps = lowered.flatMap(({ node, kernel }, index) => {
    const at: Addresses = {
      inputs: node.inputs.map(input => addressOf(input).address),
      output: addressOf(node.output).address,
      temporaries: temporaries[index]!,
    }
    return kernel.steps.map(step => ({ step, at, node, prepares: prepares(node, step) }))
  })
  const inputs = graph.sources.filter(({ kind }) => kind === 'input')
  const scratch = variables.end + bytes
  const scratchFloats = Math.max(0, ...lowered.map(({ kernel }) => kernel.scratch ?? 0))
  const scratchBytes = aligned(scratchFloats * FLOAT + SCRATCH_SLACK)
  return {
    steps,
    kernels: describeKernels(lowered),
    inputs: new Map(inputs.map(({ name, value }) => [name, addressOf(value)])),
    outputs: new Map([...graph.outputs].map(([name, value]) => [name, addressOf(value)])),
    scratch,
    scratchBytes,
    end: scratch + threads * scratchBytes,
    keepsVariables: graph.updates.size === 0,
  }
}

/** Says which steps prepare weights: none in a graph that changes them anyway. */
function preparation(graph: StaticGraph): Prepares {
  const variables = graph.sources.filter(({ kind }) => kind === 'variable').map(({ value }) => value.id)
  const weights = new Set(graph.updates.size === 0 ? variables : [])
  return ({ inputs }, { readsOnly }) => readsOnly !== undefined && weights.has(inputs[readsOnly]!.id)
}

type Prepares = (node: GraphNode, step: KernelStep) => boolean

/**
 * Places every value and every kernel's temporaries; variables are where the device has put them. What is made of
 * weights alone gets a place that nobody else uses.
 */
function layOut(
  graph: StaticGraph,
  lowered: readonly Lowered[],
  variables: VariableLayout,
  prepares: Prepares,
) {
  const { storages, of } = lives(graph)
  const inArena = storages.filter(storage => storage.variable === null)
  const buffers: BufferLife[] = inArena.map(({ floats, from, to }) => ({ bytes: floats * FLOAT, from, to }))
  const places = lowered.map(({ node, kernel }, index) => {
    const stays = kernel.steps.some(step => prepares(node, step))
    const life = stays ? { from: -1, to: lowered.length } : { from: index, to: index }
    return (kernel.temporaries ?? []).map(floats => buffers.push({ bytes: floats * FLOAT, ...life }) - 1)
  })
  const { offsets, bytes } = placeBuffers(buffers)
  const addresses = new Map(inArena.map((storage, index) => [storage, variables.end + offsets[index]!]))
  const addressOf = ({ id }: Value): Place => {
    const storage = of.get(id)!
    return { address: addresses.get(storage) ?? variableAddress(storage, variables), floats: storage.floats }
  }
  const temporaries = places.map(indices => indices.map(index => variables.end + offsets[index]!))
  return { addressOf, temporaries, bytes }
}

function variableAddress({ variable }: Storage, { addresses }: VariableLayout): number {
  const address = addresses.get(variable!)
  if (address === undefined) throw new Error(`plan: the device has no variable "${variable}"`)
  return address
}

/** The kernel of a node. A reshape has no steps: its output is its input's memory. */
function lower(node: GraphNode): Kernel {
  if (node.op === 'reshape') return { steps: [] }
  const kernel = kernels[node.op] as unknown as KernelFor<OpName>
  return kernel({
    attributes: node.attributes,
    inputs: node.inputs.map(input => input.shape),
    output: node.output.shape,
  })
}
