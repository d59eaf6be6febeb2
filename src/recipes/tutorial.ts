import { modelFromName } from '../nn/models.js'
import type { Recipe } from './recipe.js'

/**
 * The tutorial to the letter. It does not say how large its batches are, nor how many epochs it trains: with these its figure 10
 * comes out, where the curves part around epoch 15 and training ends near 95 %.
 */
export const tutorial: Recipe = {
  name: 'tutorial',
  description: 'the tutorial to the letter: it overfits, for you to see',
  network: modelFromName('tutorial'),
  compile: {
    optimizer: { name: 'sgd', learningRate: 0.001, momentum: 0.5 },
    loss: { name: 'categoricalCrossentropy' },
    metrics: ['accuracy'],
  },
  fit: { batchSize: 8, epochs: 32, augment: [] },
  testTime: 'flip',
}
