import { OptionError, ShapeError } from '../base/errors.js'
import { Random } from '../base/random.js'
import { formatShape, type Shape, sameShape } from '../base/shape.js'
import { Tensor } from '../base/tensor.js'
import type { Recorder, Value } from '../engine/ops/op.js'
import { checkAdapting } from './adapting.js'
import { callsOf, checkEnds, inOrder, type LayerCall, type NetworkWeight } from './calls.js'
import { input } from './functional.js'
import { initialize } from './initializers.js'
import type { Layer, SymbolicTensor } from './layer.js'
import { type NetworkConfig, type NetworkKind, readNetwork, writeNetwork } from './network-config.js'
import { type RecordOptions, recordCalls } from './recording.js'

export type { LayerCall, NetworkWeight } from './calls.js'
export type { LayerEntry, NetworkConfig, NetworkKind } from './network-config.js'
export type { RecordOptions } from './recording.js'

/** Layers in their places: what is connected to what, which weights there are. Holds no numbers and never changes. */
export class Network {
  /** In an order in which they can run. */
  readonly calls: readonly LayerCall[]
  /** Places of the input layers in `calls`, in the order in which pictures are fed. */
  readonly inputs: readonly number[]
  readonly outputs: readonly number[]
  readonly weights: readonly NetworkWeight[]

  constructor(
    readonly name: string,
    readonly kind: NetworkKind,
    inputs: readonly SymbolicTensor[],
    outputs: readonly SymbolicTensor[],
  ) {
    const tensors = inOrder(outputs)
    checkEnds(name, tensors, inputs)
    this.calls = callsOf(tensors)
    checkAdapting(this.calls)
    this.inputs = inputs.map(tensor => tensors.indexOf(tensor))
    this.outputs = outputs.map(tensor => tensors.indexOf(tensor))
    this.weights = this.calls.flatMap(call => call.weights)
  }

  /** Shape of the only input, without the batch axis. */
  get inputShape(): Shape {
    return this.only('input', this.inputs)
  }

  /** Shape of the only output, without the batch axis. */
  get outputShape(): Shape {
    return this.only('output', this.outputs)
  }

  /**
   * Records every layer. `inputs` carry the batch axis, `weight` gives the value of a weight by its full name.
   * Returns the outputs.
   */
  record(
    recorder: Recorder,
    inputs: readonly Value[],
    weight: (name: string) => Value,
    options: RecordOptions,
  ): Value[] {
    const fed = new Map(this.inputs.map((place, i) => [place, this.fed(place, inputs[i])]))
    const values = recordCalls(recorder, this.calls, fed, weight, options)
    return this.outputs.map(place => values[place]!)
  }

  /** The network as plain JSON; `Network.fromConfig` reads it. */
  config(): NetworkConfig {
    return writeNetwork(this)
  }

  /** Builds the network again. What does not describe one is refused with a FoveaError. */
  static fromConfig(config: unknown): Network {
    const { name, kind, inputs, outputs } = readNetwork(config)
    return new Network(name, kind, inputs, outputs)
  }

  private only(side: 'input' | 'output', places: readonly number[]): Shape {
    if (places.length !== 1)
      throw new OptionError(
        `Network "${this.name}" has ${places.length} ${side}s, not one.`,
        `Look at network.${side}s and network.calls for each of them.`,
      )
    return this.calls[places[0]!]!.outputShape
  }

  private fed(place: number, value: Value | undefined): Value {
    const { name, outputShape } = this.calls[place]!
    if (value && sameShape(value.shape.slice(1), outputShape)) return value
    throw new ShapeError(
      `Network "${this.name}" takes pictures of ${formatShape(outputShape)} at "${name}", ` +
        `but ${value ? formatShape(value.shape.slice(1)) : 'nothing'} came.`,
      'Give as many inputs as the network has, in their order, each with a batch axis in front.',
    )
  }
}

/**
 * Layers one behind the other. The first says `inputShape: [32, 32, 3]`, or is an InputLayer.
 * `name` defaults to `sequential`.
 */
export function sequential(layers: readonly Layer[], name = 'sequential'): Network {
  const first = layers[0]
  if (!first)
    throw new OptionError(
      'Sequential: there are no layers.',
      'Give a list: [layers.flatten({ inputShape }), …].',
    )
  let tensors: readonly SymbolicTensor[] = first.arity === 'none' ? [] : [firstInput(first)]
  const inputs = [...tensors]
  for (const layer of layers) {
    tensors = [layer.apply(tensors)]
    if (inputs.length === 0) inputs.push(...tensors)
  }
  return new Network(name, 'Sequential', inputs, tensors)
}

function firstInput(layer: Layer): SymbolicTensor {
  if (layer.options.inputShape) return input({ shape: layer.options.inputShape })
  throw new OptionError(
    `Sequential: the first layer, ${layer.who}, has no inputShape.`,
    'Give it the shape of one picture, for example inputShape: [32, 32, 3] (height, width, channels).',
  )
}

/** Everything between `inputs` and `outputs`. `name` defaults to `functional`. */
export function functional(options: {
  readonly inputs: SymbolicTensor | readonly SymbolicTensor[]
  readonly outputs: SymbolicTensor | readonly SymbolicTensor[]
  readonly name?: string
}): Network {
  const { inputs, outputs, name = 'functional' } = options
  return new Network(name, 'Functional', listOf(inputs), listOf(outputs))
}

const listOf = (tensors: SymbolicTensor | readonly SymbolicTensor[]): readonly SymbolicTensor[] =>
  'layer' in tensors ? [tensors] : tensors

/** The numbers training begins with, by weight name. Each weight has a random stream of its own. */
export function initialWeights(network: Network, seed: number): Map<string, Tensor<Float32Array>> {
  return new Map(
    network.weights.map(({ name, spec }) => {
      const numbers = initialize(spec.initializer, spec.shape, new Random(seed, 'init', name))
      return [name, new Tensor(numbers, spec.shape)]
    }),
  )
}
