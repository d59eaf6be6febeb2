import type { BranchedModel, NamedModel } from '../nn/models.js'
import { networkFromName } from './index.js'
import type { Recipe } from './recipe.js'
import { treatedNetwork } from './remedies.js'

/** What is known of pictures before they are learned. */
export interface PhotosFacts {
  /** To train on. */
  readonly pictures: number
  readonly classes: number
  /** `[H, W, C]` of what they are brought to. */
  readonly shape: readonly [height: number, width: number, channels: 1 | 3]
  /** A network that was asked for by name. */
  readonly model?: string | undefined
  /** Its layers will be changed by remedies, so it may not have branches. Default false. */
  readonly remedied?: boolean
}

/** A recipe whose network may have branches. */
export type PhotosRecipe = Omit<Recipe, 'network'> & {
  readonly network: NamedModel | BranchedModel
  /** What the remedy `augmentation` does to these pictures. Default: what it does to all. */
  readonly augmentationRemedy?: Recipe['fit']['augment']
}

/** A way of training a network on pictures that nobody has seen before. */
export function photosRecipe(facts: PhotosFacts): PhotosRecipe {
  const network = networkFromName(facts.model ?? networkFor(facts))
  return {
    name: 'photos',
    description: 'for pictures of your own: chosen by how many there are, and how large',
    network,
    compile: {
      optimizer: isNormalized(network, facts) ? forNormalized : forOthers,
      loss: { name: 'categoricalCrossentropy' },
      metrics: ['accuracy'],
    },
    fit: {
      batchSize: facts.pictures < 640 ? 16 : 32,
      epochs: epochsFor(facts.pictures),
      augment: photosAugmentation,
    },
    augmentationRemedy: photosAugmentation,
    testTime: 'none',
  }
}

/** Where there are fewer to train on than this, a deeper network makes more of them. */
export const fewPictures = 1000

function networkFor({ pictures, remedied = false }: PhotosFacts): string {
  if (pictures >= fewPictures) return 'quick'
  return remedied ? 'tutorial' : 'resnet'
}

/** Pictures that training sees altogether, in 4 to 40 epochs. */
const seenAltogether = 30_000

/** So many at least, in up to 150 epochs: a few dozen pictures are learned in hundreds of steps, not in forty. */
const seenAtLeast = 10_000

export function epochsFor(pictures: number): number {
  const epochs = (seen: number, most: number) => Math.min(most, Math.round(seen / Math.max(1, pictures)))
  return Math.max(4, epochs(seenAltogether, 40), epochs(seenAtLeast, 150))
}

/**
 * What leaves every picture what it is. Mirror images are not among it: a left hand, a letter or a road sign becomes another thing by
 * them.
 */
const photosAugmentation: Recipe['fit']['augment'] = [
  { name: 'shift', share: 0.1, fill: 'edge' },
  { name: 'rotation', degrees: 10, fill: 'edge' },
  { name: 'brightness', range: 0.2 },
  { name: 'contrast', range: 0.2 },
]

/** Batch normalization keeps large steps from doing harm. */
const forNormalized: Recipe['compile']['optimizer'] = {
  name: 'sgd',
  learningRate: { name: 'oneCycle', peak: 0.1 },
  momentum: 0.85,
  nesterov: true,
  weightDecay: 0.002,
}

/** Without it SGD at such a rate learns nothing: small steps, each as long as its weight needs. */
const forOthers: Recipe['compile']['optimizer'] = {
  name: 'adam',
  learningRate: { name: 'oneCycle', peak: 0.001 },
}

const isNormalized = (network: PhotosRecipe['network'], { shape, classes }: PhotosFacts): boolean =>
  treatedNetwork(network, [], shape, classes).weights.some(({ name }) => name.endsWith('/moving_mean'))
