import type { DatasetInMemory } from '../dataset.js'
import { glyphs } from './digits/glyphs.js'
import { drawDigit, side } from './digits/hand.js'
import { type Drawer, type DrawnOptions, drawDataset } from './drawing/drawn-examples.js'

export type DigitsOptions = DrawnOptions

const drawer: Drawer = {
  name: 'digits',
  classNames: ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'],
  shape: [side, side, 1],
  draw: (label, random, bytes, to) => drawDigit(glyphs[label]!, random, bytes, to),
}

/**
 * Built-in digits that need no download: pen strokes, white on black as in MNIST, 28×28, always in the middle.
 *
 * Pictures come as `[N, 28, 28, 1]` bytes that stand for -0.5 … 0.5, labels as `[N]`; row r shows digit r mod 10 and
 * depends on nothing but seed, part and r. The centre of a digit's bounding box is the centre of the frame, and no digit
 * is higher or wider than 16 pixels: each can be moved by 6 pixels in every direction without being cut. The ground is
 * exactly 0. The bytes are the same on every machine.
 */
export const digits = (options?: DigitsOptions): DatasetInMemory => drawDataset(drawer, options)
