import { withBatchNormalization } from '../nn/remedies/remedies.js'
import type { Recipe } from './recipe.js'
import { tutorialQuick } from './tutorial-quick.js'

const { network: tutorialNetwork } = tutorialQuick

/**
 * The tutorial's network with what it lacked. Batch normalization takes the place of the convolutions' biases, so that as many
 * numbers are trained as before; everything else is done to pictures, labels and steps.
 */
export const tutorialMended: Recipe = {
  ...tutorialQuick,
  name: 'tutorial-mended',
  description:
    "the tutorial's network, mended: batch normalization, moved pictures, softer labels; at least 80 %",
  network: {
    name: 'tutorial-mended',
    description: "the tutorial's network with batch normalization: as many numbers to train",
    layers: (inputShape, classes) => withBatchNormalization(tutorialNetwork.layers(inputShape, classes)),
  },
  compile: {
    optimizer: {
      name: 'muon',
      learningRate: { name: 'oneCycle', peak: 0.03 },
      others: { name: 'adam', learningRate: { name: 'oneCycle', peak: 0.004 } },
    },
    loss: { name: 'categoricalCrossentropy', labelSmoothing: 0.1 },
    metrics: ['accuracy'],
  },
  fit: {
    batchSize: 128,
    epochs: 14,
    augment: [{ name: 'alternatingFlip' }, { name: 'shift', pixels: 2, fill: 'reflect' }],
  },
}
