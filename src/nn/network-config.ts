import { FileError } from '../base/errors.js'
import { isRecord } from '../base/record.js'
import type { LayerCall } from './calls.js'
import type { SymbolicTensor } from './layer.js'
import { show } from './options/resolve.js'
import { layerFromConfig } from './registry.js'

export type NetworkKind = 'Sequential' | 'Functional'

/** One layer of a network as plain JSON. */
export interface LayerEntry {
  readonly className: string
  readonly name: string
  /** The layer's options, its name aside. */
  readonly config: Readonly<Record<string, unknown>>
  /** Names of the layers it stands behind. */
  readonly inputs: readonly string[]
}

/** A network as plain JSON: what a model file holds. Layers stand behind those they depend on. */
export interface NetworkConfig {
  readonly name: string
  readonly kind: NetworkKind
  readonly layers: readonly LayerEntry[]
  /** Names of the layers. */
  readonly inputs: readonly string[]
  readonly outputs: readonly string[]
}

/** What a Network is made from. */
export interface NetworkParts {
  readonly name: string
  readonly kind: NetworkKind
  readonly inputs: readonly SymbolicTensor[]
  readonly outputs: readonly SymbolicTensor[]
}

export function writeNetwork(network: {
  readonly name: string
  readonly kind: NetworkKind
  readonly calls: readonly LayerCall[]
  readonly inputs: readonly number[]
  readonly outputs: readonly number[]
}): NetworkConfig {
  const { name, kind, calls } = network
  const names = (places: readonly number[]) => places.map(place => calls[place]!.name)
  const layers = calls.map(call => {
    const { name: _, ...config } = call.layer.options
    return { className: call.layer.className, name: call.name, config, inputs: names(call.inputs) }
  })
  return { name, kind, layers, inputs: names(network.inputs), outputs: names(network.outputs) }
}

/** Reads what `writeNetwork` wrote. It may come from a file, so nothing is believed. */
export function readNetwork(config: unknown): NetworkParts {
  const { name, kind, layers, inputs, outputs } = checkNetwork(config)
  const built = new Map<string, SymbolicTensor>()
  const find = (layer: string): SymbolicTensor => {
    const tensor = built.get(layer)
    if (tensor) return tensor
    throw broken(`it connects to "${layer}", which is no layer before that place`)
  }
  for (const entry of layers) {
    const layer = layerFromConfig(entry.className, { ...entry.config, name: entry.name })
    built.set(entry.name, layer.apply(entry.inputs.map(find)))
  }
  return { name, kind, inputs: inputs.map(find), outputs: outputs.map(find) }
}

function checkNetwork(config: unknown): NetworkConfig {
  if (!isRecord(config)) throw broken(`it is ${show(config)}`)
  const { name, kind, layers, inputs, outputs } = config
  if (typeof name !== 'string') throw broken('it has no name')
  if (kind !== 'Sequential' && kind !== 'Functional') throw broken(`its kind is ${show(kind)}`)
  if (!Array.isArray(layers)) throw broken('it has no list of layers')
  if (!isNames(inputs) || !isNames(outputs)) throw broken('its inputs and outputs are not lists of names')
  return { name, kind, layers: layers.map(checkEntry), inputs, outputs }
}

function checkEntry(entry: unknown, index: number): LayerEntry {
  if (!isRecord(entry)) throw broken(`layer ${index + 1} is ${show(entry)}`)
  const { className, name, config, inputs } = entry
  if (typeof className !== 'string' || typeof name !== 'string' || !isRecord(config) || !isNames(inputs))
    throw broken(`layer ${index + 1} lacks its className, name, config or inputs`)
  return { className, name, config, inputs }
}

const isNames = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every(name => typeof name === 'string')

const broken = (problem: string): FileError =>
  new FileError(
    `The description of the network cannot be used: ${problem}.`,
    'Expected what network.config() gives: { name, kind, layers, inputs, outputs }.',
  )
