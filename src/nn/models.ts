import { OptionError } from '../base/errors.js'
import { unknownName } from '../base/nearest.js'
import type { Shape } from '../base/shape.js'
import type { Layer } from './layer.js'
import {
  type Conv2DOptions,
  conv2d,
  dense,
  dropout,
  flatten,
  globalAveragePooling2d,
  maxPooling2d,
} from './layers/index.js'
import type { Network } from './network.js'
import { residualNetwork } from './residual.js'

/** A network with a name, ready to be fitted to pictures of any size that its layers allow. */
export interface NamedModel {
  readonly name: string
  /** One line for lists. */
  readonly description: string
  /** The layers for pictures of `inputShape` `[H, W, C]` and that many classes. */
  layers(inputShape: Shape, classes: number): Layer[]
}

/** A named network with branches: it is no list of layers. */
export interface BranchedModel {
  readonly name: string
  /** One line for lists. */
  readonly description: string
  /** The network for pictures of `inputShape` `[H, W, C]` and that many classes. */
  network(inputShape: Shape, classes: number): Network
}

/** A 3×3 convolution that keeps the picture's size, with relu. */
const conv3x3 = (filters: number, options: Partial<Conv2DOptions> = {}): Layer =>
  conv2d({ filters, kernelSize: 3, activation: 'relu', padding: 'same', ...options })

const tutorial: NamedModel = {
  name: 'tutorial',
  description: "the tutorial's network: three pairs of 3×3 convolutions, then three dense layers",
  layers: (inputShape, classes) => [
    conv3x3(64, { inputShape }),
    conv3x3(64),
    maxPooling2d(),
    conv3x3(32),
    conv3x3(32),
    maxPooling2d(),
    conv3x3(16),
    conv3x3(16),
    flatten(),
    dense({ units: 512, activation: 'relu' }),
    dense({ units: 64, activation: 'relu' }),
    dense({ units: classes, activation: 'softmax' }),
  ],
}

const denseOnly: NamedModel = {
  name: 'dense',
  description: "the tutorial's first part: dense layers only, which see no neighbourhood of pixels",
  layers: (inputShape, classes) => [
    flatten({ inputShape }),
    dense({ units: 512, activation: 'relu' }),
    dense({ units: 256, activation: 'relu' }),
    dense({ units: classes, activation: 'softmax' }),
  ],
}

const small: NamedModel = {
  name: 'small',
  description: 'a small network that trains in seconds: three convolutions and the mean of what they find',
  layers: (inputShape, classes) => [
    conv3x3(16, { inputShape }),
    maxPooling2d(),
    conv3x3(32),
    maxPooling2d(),
    conv3x3(32),
    globalAveragePooling2d(),
    dropout({ rate: 0.25 }),
    dense({ units: classes, activation: 'softmax' }),
  ],
}

const dimensions: NamedModel = {
  name: 'dimensions',
  description: "the tutorial's example of how sizes change from layer to layer",
  layers: (inputShape, classes) => [
    conv2d({ filters: 16, kernelSize: 5, padding: 'valid', activation: 'relu', inputShape }),
    maxPooling2d(),
    conv3x3(8),
    maxPooling2d(),
    conv3x3(4, { padding: 'valid' }),
    flatten(),
    dense({ units: 50, activation: 'relu' }),
    dense({ units: classes, activation: 'softmax' }),
  ],
}

/** Every network with a name. */
export const namedModels: readonly NamedModel[] = [tutorial, denseOnly, small, dimensions]

/** Every network with a name that has branches. */
export const branchedModels: readonly BranchedModel[] = [
  {
    name: 'resnet',
    description: 'a small residual network: six blocks of two 3×3 convolutions, each with a way round',
    network: residualNetwork,
  },
]

/** The network of that name; for unknown names the nearest is offered. */
export function modelFromName(name: string): NamedModel {
  const model = namedModels.find(candidate => candidate.name === name)
  if (model) return model
  if (branchedModels.some(candidate => candidate.name === name))
    throw new OptionError(
      `Model "${name}" has branches, so it is no list of layers.`,
      'Make it with new Model(residualNetwork(inputShape, classes)).',
    )
  throw unknownName(
    'model',
    name,
    namedModels.map(candidate => candidate.name),
  )
}
