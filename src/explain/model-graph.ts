import type { ActivationConfig } from '../nn/activations.js'
import type { LayerCall } from '../nn/calls.js'
import type { Layer } from '../nn/layer.js'
import type { Network, NetworkKind } from '../nn/network.js'
import { countNumbers } from '../nn/shapes.js'
import { formatKerasShape } from '../nn/summary/overview.js'

/** One layer as a box of a plot. */
export interface ModelNode {
  readonly name: string
  /** Keras' class name: `Conv2D`. */
  readonly className: string
  readonly isInput: boolean
  /** `relu`, `linear`, `leakyRelu(0.1)`; null for layers that have none. */
  readonly activation: string | null
  /** As Keras writes them: `(None, 32, 32, 3)`; several for layers that join, what is fed for an input layer. */
  readonly inputShapes: readonly string[]
  readonly outputShape: string
  /** Numbers in its weights. */
  readonly parameters: number
  /** Whether training changes them; null where there are none. */
  readonly trainable: boolean | null
}

/** The output of `nodes[from]` is an input of `nodes[to]`. */
export interface ModelEdge {
  readonly from: number
  readonly to: number
}

/** A network as boxes and what connects them. */
export interface ModelGraph {
  readonly name: string
  readonly kind: NetworkKind
  /** In an order in which they can run. */
  readonly nodes: readonly ModelNode[]
  readonly edges: readonly ModelEdge[]
}

/** The boxes and edges of a network; plain data, so that it can be written as JSON and drawn anywhere. */
export const modelGraph = (network: Network): ModelGraph => ({
  name: network.name,
  kind: network.kind,
  nodes: network.calls.map(call => nodeOf(call, network)),
  edges: network.calls.flatMap((call, to) => [...new Set(call.inputs)].map(from => ({ from, to }))),
})

function nodeOf(call: LayerCall, network: Network): ModelNode {
  const { layer, name, inputShapes, outputShape } = call
  const isInput = layer.arity === 'none'
  return {
    name: isInput && network.kind === 'Sequential' ? sequentialInputName(network) : name,
    className: layer.className,
    isInput,
    activation: activationOf(layer),
    inputShapes: (isInput ? [outputShape] : inputShapes).map(formatKerasShape),
    outputShape: formatKerasShape(outputShape),
    parameters: countNumbers(call),
    trainable: call.weights.length === 0 ? null : layer.options.trainable !== false,
  }
}

/** Keras names the input of a Sequential after its first layer: `conv2d_input`. */
function sequentialInputName({ calls }: Network): string {
  const own = calls[0]!.layer.options.name
  return own ?? (calls[1] ? `${calls[1].name}_input` : calls[0]!.name)
}

function activationOf({ options }: Layer): string | null {
  // Layers resolve an `activation` by one rule, so where there is one it is of this type.
  const { activation } = options as { readonly activation?: ActivationConfig }
  if (activation === undefined) return null
  return typeof activation === 'string' ? activation : `${activation.name}(${activation.alpha})`
}
