import { Random } from '../base/random.js'
import { sizeOf } from '../base/shape.js'
import { Tensor } from '../base/tensor.js'
import type { Device, Values } from '../engine/backends/backend.js'
import { reference } from '../engine/backends/reference/reference.js'
import { Graph } from '../engine/graph/graph.js'
import type { Value } from '../engine/ops/op.js'
import { adaptingCalls } from './adapting.js'
import { input } from './functional.js'
import type { Layer } from './layer.js'
import { functional, initialWeights, type Network } from './network.js'

/** A network recorded for some rows, with random pictures for it. */
export interface Recording {
  readonly network: Network
  readonly graph: Graph
  readonly outputs: readonly Value[]
  readonly feeds: Values
}

/** A network of this layer alone, behind one input for each shape. */
export function networkOf(layer: Layer, shapes: readonly (readonly number[])[]): Network {
  if (layer.arity === 'none') {
    const begin = layer.apply([])
    return functional({ inputs: begin, outputs: begin })
  }
  const inputs = shapes.map(shape => input({ shape }))
  return functional({ inputs, outputs: layer.apply(inputs) })
}

/** Records the network; its outputs become the graph's outputs `y0`, `y1`, … */
export function record(network: Network, rows: number, training: boolean): Recording {
  const graph = new Graph()
  const feeds: Record<string, Float32Array> = { randomState: Float32Array.of(7, 3), one: Float32Array.of(1) }
  const inputs = network.inputs.map((place, i) => {
    const shape = [rows, ...network.calls[place]!.outputShape]
    feeds[`x${i}`] = noise(`x${i}`, sizeOf(shape))
    return graph.input(`x${i}`, shape)
  })
  const outputs = network.record(graph, inputs, name => variable(network, graph, name), {
    training,
    randomState: () => graph.input('randomState', [2]),
    constant: (name, values) => {
      feeds[name] = Float32Array.from(values)
      return graph.input(name, [values.length])
    },
    update: (weight, value) => graph.update(weight, value),
    label: name => {
      graph.label = name
    },
  })
  outputs.forEach((output, i) => graph.output(`y${i}`, output))
  return { network, graph, outputs, feeds }
}

export const variable = (network: Network, graph: Graph, name: string): Value =>
  graph.variable(name, network.weights.find(weight => weight.name === name)!.spec.shape)

/** Runs a recording in float64, from weights drawn with seed 1. `feeds` replace the random pictures. */
export async function run(
  { network, graph, feeds }: Recording,
  given: Values = {},
): Promise<{ outputs: Values; device: Device }> {
  const device = await reference.open(network.weights.map(({ name, spec }) => ({ name, shape: spec.shape })))
  for (const [name, { data }] of initialWeights(network, 1)) device.write(name, data)
  adapt(network, device)
  const program = await device.compile(graph)
  return { outputs: await program.run({ ...feeds, ...given }), device }
}

/** Adapts layers behind the input to noise. */
function adapt(network: Network, device: Device): void {
  for (const { layer, name, inputShapes } of adaptingCalls(network.calls)) {
    const shape = [50, ...inputShapes[0]!]
    const numbers = layer.adapt!(new Tensor(noise('adapt', sizeOf(shape)), shape))
    for (const [weight, values] of Object.entries(numbers)) device.write(`${name}/${weight}`, values)
  }
}

/** Numbers from -1 to 1 that depend on the name only. */
export const noise = (name: string, length: number): Float32Array => {
  const random = new Random(11, name)
  return Float32Array.from({ length }, () => random.uniform(-1, 1))
}
