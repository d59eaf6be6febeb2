import type { Shape } from '../../base/shape.js'
import type { Layer } from '../../nn/layer.js'
import {
  conv2d,
  dense,
  flatten,
  globalAveragePooling2d,
  maxPooling2d,
  zeroPadding2d,
} from '../../nn/layers/index.js'
import { modelFromName } from '../../nn/models.js'

/** A network of the translation experiment. */
export interface TranslationNetwork {
  readonly name: 'dense' | 'flatten' | 'pooling'
  readonly title: string
  /** Why it sees moved things as it does. */
  readonly about: string
  layers(inputShape: Shape, classes: number): Layer[]
}

const conv3x3 = (filters: number): Layer =>
  conv2d({ filters, kernelSize: 3, activation: 'relu', padding: 'same' })

/**
 * The part both convolutional networks have in common; a last feature sees 26×26 pixels, a whole digit. The margin of
 * zeros gives what stands at the edge of the frame the same surroundings as what stands in the middle.
 */
const convolutions = (inputShape: Shape): Layer[] => [
  zeroPadding2d({ padding: 6, inputShape }),
  conv3x3(16),
  maxPooling2d(),
  conv3x3(32),
  conv3x3(32),
  maxPooling2d(),
  conv3x3(64),
]

/** From the one that knows places best to the one that knows them least. */
export const translationNetworks: readonly TranslationNetwork[] = [
  {
    name: 'dense',
    title: 'Dense layers only',
    about: 'Every pixel has weights of its own: what was learned in the middle is not known anywhere else.',
    layers: (inputShape, classes) => modelFromName('dense').layers(inputShape, classes),
  },
  {
    name: 'flatten',
    title: 'Convolutions, then flatten',
    about:
      'Convolutions find the same strokes everywhere, but the dense layer behind flatten has weights for each place in ' +
      'the feature maps, and learned only those of the middle.',
    layers: (inputShape, classes) => [
      ...convolutions(inputShape),
      flatten(),
      dense({ units: 64, activation: 'relu' }),
      dense({ units: classes, activation: 'softmax' }),
    ],
  },
  {
    name: 'pooling',
    title: 'Convolutions, then global pooling',
    about: 'The mean over each feature map says how much of a feature there is, no longer where.',
    layers: (inputShape, classes) => [
      ...convolutions(inputShape),
      globalAveragePooling2d(),
      dense({ units: classes, activation: 'softmax' }),
    ],
  },
]
