import { OptionError } from '../base/errors.js'
import type { Shape } from '../base/shape.js'
import type { Layer, OneOrMore, SymbolicTensor, WeightSpec } from './layer.js'
import { uniqueNames } from './naming.js'

/** One weight of a network, under its full name. */
export interface NetworkWeight {
  /** `conv2d/kernel` */
  readonly name: string
  /** The name of the layer it belongs to. */
  readonly layer: string
  readonly spec: WeightSpec
  /** Whether gradients change it: false for moving statistics and in layers that are not trainable. */
  readonly trainable: boolean
}

/** One layer in its place in a network. */
export interface LayerCall {
  readonly layer: Layer
  /** Unique in the network. */
  readonly name: string
  /** Places of the inputs in the list of calls; empty for an InputLayer. */
  readonly inputs: readonly number[]
  readonly inputShapes: readonly Shape[]
  readonly outputShape: Shape
  readonly weights: readonly NetworkWeight[]
  /** Tells layers of one network apart where the same random state serves all. */
  readonly salt: number
}

/** The symbolic values that lead to `outputs`, each after what it is made from, left inputs first. */
export function inOrder(outputs: readonly SymbolicTensor[]): SymbolicTensor[] {
  const found = new Set<SymbolicTensor>()
  const visit = (tensor: SymbolicTensor): void => {
    if (found.has(tensor)) return
    tensor.inputs.forEach(visit)
    found.add(tensor)
  }
  outputs.forEach(visit)
  return [...found]
}

/** Throws unless `inputs` are exactly the places where the network `name` begins. */
export function checkEnds(
  name: string,
  tensors: readonly SymbolicTensor[],
  inputs: readonly SymbolicTensor[],
): void {
  const refuse = (problem: string, advice: string): never => {
    throw new OptionError(`Network "${name}": ${problem}.`, advice)
  }
  for (const [place, tensor] of inputs.entries()) {
    const { who, arity } = tensor.layer
    if (arity !== 'none') refuse(`input ${place + 1} is made by ${who}`, 'Begin with input({ shape }).')
    if (!tensors.includes(tensor))
      refuse(`input ${place + 1}, ${who}, leads to no output`, 'Leave it out, or connect it.')
  }
  const missing = tensors.find(tensor => tensor.layer.arity === 'none' && !inputs.includes(tensor))
  if (missing)
    refuse(`an output depends on ${missing.layer.who}, which is not among the inputs`, 'Add it to inputs.')
}

/** The calls of a network, from its symbolic values in order. */
export function callsOf(tensors: readonly SymbolicTensor[]): LayerCall[] {
  refuseRepeatedLayers(tensors)
  const names = uniqueNames(
    tensors.map(({ layer }) => ({ className: layer.className, given: layer.options.name })),
  )
  const places = new Map(tensors.map((tensor, place) => [tensor, place]))
  return tensors.map(({ layer, inputs, shape }, place) => {
    const name = names[place]!
    const inputShapes = inputs.map(input => input.shape)
    return {
      layer,
      name,
      inputs: inputs.map(input => places.get(input)!),
      inputShapes,
      outputShape: shape,
      weights: weightsOf(layer, name, inputShapes),
      salt: place,
    }
  })
}

function weightsOf(layer: Layer, name: string, inputs: readonly Shape[]): NetworkWeight[] {
  const { trainable } = layer.options
  // `apply` has counted the inputs; an InputLayer, which has none, does not look at them.
  return layer.weights(inputs as OneOrMore<Shape>).map(spec => ({
    name: `${name}/${spec.name}`,
    layer: name,
    spec,
    trainable: spec.trainable && trainable !== false,
  }))
}

/** Two places of one layer would have to share its weights, and weights here belong to places. */
function refuseRepeatedLayers(tensors: readonly SymbolicTensor[]): void {
  const seen = new Set<Layer>()
  for (const { layer } of tensors) {
    if (seen.has(layer))
      throw new OptionError(
        `${layer.who} stands in the network twice.`,
        'Make a layer for each place: layers cannot share their weights.',
      )
    seen.add(layer)
  }
}
