import { type Shape, sizeOf } from '../../base/shape.js'
import type { LayerCall, NetworkWeight } from '../calls.js'
import type { OneOrMore } from '../layer.js'
import type { Network } from '../network.js'
import { countNumbers } from '../shapes.js'

/** Every number is stored as float32. */
export const bytesPerNumber = 4

/** What a summary says about one layer. */
export interface OverviewRow {
  readonly name: string
  readonly className: string
  readonly isInput: boolean
  /** Without the batch axis. */
  readonly shape: Shape
  readonly params: number
  /** Multiply-adds of one picture in products. */
  readonly multiplyAdds: number
  /** Bytes of the output for one picture. */
  readonly bytes: number
  /** `conv2d[0][0]`: layer, node and tensor, as Keras writes it. */
  readonly connections: readonly string[]
}

/** What a summary says, before it is laid out. */
export interface Overview {
  readonly name: string
  /** A Sequential keeps its input to itself. */
  readonly rows: readonly OverviewRow[]
  /** Whether there is more than one way through the network. */
  readonly branching: boolean
  readonly trainable: number
  readonly nonTrainable: number
}

export function overviewOf(network: Network): Overview {
  const rows = network.calls.map(call => rowOf(call, network))
  return {
    name: network.name,
    rows: network.kind === 'Sequential' ? rows.filter(row => !row.isInput) : rows,
    branching: network.calls.some((call, place) => place > 0 && call.inputs.join() !== String(place - 1)),
    trainable: count(network.weights.filter(weight => weight.trainable)),
    nonTrainable: count(network.weights.filter(weight => !weight.trainable)),
  }
}

function rowOf(call: LayerCall, network: Network): OverviewRow {
  const isInput = call.layer.arity === 'none'
  return {
    name: call.name,
    className: call.layer.className,
    isInput,
    shape: call.outputShape,
    params: countNumbers(call),
    // Only an input layer has no inputs, and it multiplies nothing.
    multiplyAdds: isInput ? 0 : call.layer.multiplyAdds(call.inputShapes as OneOrMore<Shape>),
    bytes: sizeOf(call.outputShape) * bytesPerNumber,
    connections: call.inputs.map(place => `${network.calls[place]!.name}[0][0]`),
  }
}

const count = (weights: readonly NetworkWeight[]): number =>
  weights.reduce((sum, { spec }) => sum + sizeOf(spec.shape), 0)

/** `(None, 32, 32, 3)`: None stands for the batch axis. */
export const formatKerasShape = (shape: Shape): string => `(None, ${shape.join(', ')})`

/** The sum of one number over all rows. */
export const total = (rows: readonly OverviewRow[], of: 'multiplyAdds' | 'bytes'): number =>
  rows.reduce((sum, row) => sum + row[of], 0)
