import type { Recipe } from './recipe.js'
import { strong } from './strong.js'

/** Twice as long as `strong`, with pictures moved further, so that there is more to learn than to learn by heart. */
export const record: Recipe = {
  ...strong,
  name: 'record',
  description: 'the same for longer, with pictures moved further: how far a network of this size gets',
  fit: {
    batchSize: 256,
    epochs: 16,
    augment: [{ name: 'alternatingFlip' }, { name: 'shift', pixels: 4, fill: 'reflect' }],
  },
}
