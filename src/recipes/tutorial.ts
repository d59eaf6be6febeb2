import { modelFromName } from '../nn/models.js'
import type { Recipe } from './recipe.js'

/** The tutorial to the letter. It does not say how large its batches are, nor how many epochs it trains. */
export const tutorial: Recipe = {
  name: 'tutorial',
  description: 'the tutorial to the letter: it overfits, for you to see',
  network: modelFromName('tutorial'),
  compile: {
    optimizer: { name: 'sgd', learningRate: 0.001, momentum: 0.5 },
    loss: { name: 'categoricalCrossentropy' },
    metrics: ['accuracy'],
  },
  fit: { batchSize: 32, epochs: 40, augment: [] },
  testTime: 'flip',
}
