import type { NamedModel } from '../nn/models.js'
import { quick } from './quick.js'
import type { Recipe } from './recipe.js'

/** What is known of pictures before a network is chosen for them. */
export interface PhotosFacts {
  /** To train on. */
  readonly pictures: number
  readonly classes: number
  /** What they are brought to, in pixels. */
  readonly height: number
  readonly width: number
}

/** A way of training a network on pictures that nobody has seen before. */
export function photosRecipe({ pictures }: PhotosFacts): Recipe {
  const network: NamedModel = quick.network
  return {
    name: 'photos',
    description: 'for pictures of your own: chosen by how many there are, and how large',
    network,
    compile: {
      optimizer: {
        name: 'sgd',
        learningRate: { name: 'oneCycle', peak: 0.1 },
        momentum: 0.85,
        nesterov: true,
        weightDecay: 0.002,
      },
      loss: { name: 'categoricalCrossentropy' },
      metrics: ['accuracy'],
    },
    fit: {
      batchSize: pictures < 640 ? 16 : 32,
      epochs: epochsFor(pictures),
      augment: [
        { name: 'shift', share: 0.1, fill: 'edge' },
        { name: 'rotation', degrees: 10, fill: 'edge' },
        { name: 'brightness', range: 0.2 },
        { name: 'contrast', range: 0.2 },
      ],
    },
    testTime: 'none',
  }
}

/** Pictures that training sees altogether, as far as few epochs and many allow. */
const seenAltogether = 30_000

export const epochsFor = (pictures: number): number =>
  Math.min(40, Math.max(4, Math.round(seenAltogether / pictures)))
