import type { PictureFit } from '../base/picture-fit.js'
import { formatShape, sameShape, sizeOf } from '../base/shape.js'
import type { Scaling, Tensor } from '../base/tensor.js'
import type { Network, NetworkWeight } from '../nn/network.js'
import { type ModelCalibration, readCalibration } from './model-calibration.js'
import { readFit, readNetwork, readRecord, readScaling, readTexts, readVersion } from './model-metadata.js'
import { type Refuse, refuseFile } from './refuse.js'
import { decodeSafetensors } from './safetensors/decode.js'
import { encodeSafetensors } from './safetensors/encode.js'

type Weights = ReadonlyMap<string, Tensor<Float32Array>>

/** All there is to a model, away from any device. */
export interface ModelFile {
  readonly network: Network
  /** By name: `conv2d/kernel`. */
  readonly weights: Weights
  /** What a byte of a picture stands for, where the network was trained on pictures. */
  readonly preprocessing?: Scaling | undefined
  /** What became of pictures of other proportions; not there: they were stretched, or none came. */
  readonly pictureFit?: PictureFit | undefined
  /** What the outputs mean, in their order. */
  readonly classNames?: readonly string[] | undefined
  readonly calibration?: ModelCalibration | undefined
  /** The optimizer's slots (`sgd/velocity/conv2d/kernel`), for going on with training. */
  readonly optimizer?: Weights | undefined
  /** How it was trained, as plain JSON. */
  readonly training?: Readonly<Record<string, unknown>> | undefined
}

/** Raised by one when an older Fovea could no longer read what is written. */
export const formatVersion = 1

/** Slots are stored under this prefix, so that they cannot be mistaken for weights. */
const slotPrefix = 'optimizer/'

/**
 * A model as one safetensors file. The tensors are the weights by their names, then the optimizer's slots; the
 * metadata hold the rest as JSON: the network's configuration, preprocessing, class names, calibration and training.
 */
export function encodeModel({ network, weights, optimizer, ...texts }: ModelFile): Uint8Array {
  const slots = [...(optimizer ?? [])].map(([name, tensor]) => [slotPrefix + name, tensor] as const)
  const described = { network: network.config(), ...texts }
  const json = Object.entries(described)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => [key, JSON.stringify(value)])
  return encodeSafetensors(new Map([...weights, ...slots]), {
    format: 'fovea',
    version: String(formatVersion),
    ...Object.fromEntries(json),
  })
}

/** Reads what `encodeModel` wrote. Whatever does not fit together raises a FileError naming `place`. */
export function decodeModel(bytes: Uint8Array, place: string): ModelFile {
  const { tensors, metadata } = decodeSafetensors(bytes, place)
  const refuse = refuseFile(place)
  readVersion(metadata, place, formatVersion)
  const network = readNetwork(metadata.network, place, refuse)
  return {
    network,
    weights: readWeights(network, tensors, refuse),
    optimizer: readSlots(network, tensors, refuse),
    preprocessing: readScaling(metadata.preprocessing, refuse),
    pictureFit: readFit(metadata.pictureFit, refuse),
    calibration: readCalibration(readRecord('calibration', metadata.calibration, refuse), refuse),
    classNames: readClassNames(metadata.classNames, network, refuse),
    training: readRecord('training', metadata.training, refuse),
  }
}

function readClassNames(
  text: string | undefined,
  network: Network,
  refuse: Refuse,
): readonly string[] | undefined {
  const names = readTexts('classNames', text, refuse)
  const outputs = network.outputs.length === 1 ? sizeOf(network.outputShape) : undefined
  if (names && names.length !== outputs)
    refuse(`there are ${names.length} class names, but the network makes ${outputs} values`)
  return names
}

function readWeights(network: Network, tensors: ReadonlyMap<string, Tensor>, refuse: Refuse): Weights {
  return new Map(network.weights.map(weight => [weight.name, readWeight(weight, tensors, refuse)]))
}

function readWeight(
  { name, spec }: NetworkWeight,
  tensors: ReadonlyMap<string, Tensor>,
  refuse: Refuse,
): Tensor<Float32Array> {
  const tensor = tensors.get(name) ?? refuse(`the weight "${name}" of the network is missing`)
  if (!sameShape(tensor.shape, spec.shape))
    return refuse(
      `the network has a weight "${name}" of ${formatShape(spec.shape)}, but ${formatShape(tensor.shape)} came`,
    )
  return asFloat32(name, tensor, refuse)
}

/** What is neither a weight nor a slot has no business in the file. */
function readSlots(
  network: Network,
  tensors: ReadonlyMap<string, Tensor>,
  refuse: Refuse,
): Weights | undefined {
  const weights = new Set(network.weights.map(weight => weight.name))
  const rest = [...tensors].filter(([name]) => !weights.has(name))
  const stray = rest.find(([name]) => !name.startsWith(slotPrefix))
  if (stray) refuse(`the network has no weight "${stray[0]}"`)
  if (rest.length === 0) return undefined
  return new Map(
    rest.map(([name, tensor]) => [name.slice(slotPrefix.length), asFloat32(name, tensor, refuse)]),
  )
}

const asFloat32 = (name: string, tensor: Tensor, refuse: Refuse): Tensor<Float32Array> =>
  tensor.data instanceof Float32Array
    ? (tensor as Tensor<Float32Array>)
    : refuse(`"${name}" should be stored as float32, but is ${tensor.dtype}`)
