import type { Scaling } from '../../base/tensor.js'

/** Bytes 0 … 255 stand for -0.5 … 0.5, as in the tutorial: `x / 255 - 0.5`. */
export const tutorialScaling: Scaling = { scale: 1 / 255, offset: -0.5 }
