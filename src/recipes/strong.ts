import type { Recipe } from './recipe.js'
import { whitenedNetwork } from './whitened-network.js'

/** Nine pictures of ten within the time of a lunch break. */
export const strong: Recipe = {
  name: 'strong',
  description: 'a wider network and half a dozen remedies at once: at least 90 %',
  network: {
    name: 'strong',
    description: 'a whitening layer and three blocks of 64, 256 and 256 filters: 2 million parameters',
    layers: whitenedNetwork({ widths: [64, 256, 256], activation: 'gelu' }),
  },
  compile: {
    optimizer: {
      name: 'sgd',
      learningRate: { name: 'oneCycle', peak: 0.375 },
      momentum: 0.85,
      nesterov: true,
      weightDecay: 0.0102,
      groups: [{ weights: '*/beta', learningRateFactor: 64, weightDecay: 0.00016 }],
      lookahead: { every: 20 },
    },
    loss: { name: 'categoricalCrossentropy', labelSmoothing: 0.2 },
    metrics: ['accuracy'],
  },
  fit: {
    batchSize: 256,
    epochs: 8,
    augment: [{ name: 'alternatingFlip' }, { name: 'shift', pixels: 2, fill: 'reflect' }],
  },
  testTime: 'flip+shift',
}
