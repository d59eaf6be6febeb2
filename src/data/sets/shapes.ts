import type { DatasetInMemory } from '../dataset.js'
import { type Drawer, type DrawnOptions, drawDataset } from './drawing/drawn-examples.js'
import { figures } from './shapes/figures.js'
import { drawScene, side } from './shapes/scene.js'

export type ShapesOptions = DrawnOptions

const names = Object.keys(figures) as readonly (keyof typeof figures)[]

const drawer: Drawer = {
  name: 'shapes',
  classNames: names,
  shape: [side, side, 3],
  draw: (label, random, bytes, to) => drawScene(figures[names[label]!], random, bytes, to),
}

/**
 * Built-in pictures that need no download: ten classes of drawn 32×32 colour pictures, from disc to spiral.
 *
 * Pictures come as `[N, 32, 32, 3]` bytes that stand for -0.5 … 0.5, labels as `[N]`. Row r shows class r mod 10, so
 * every stretch of rows is balanced, and depends on nothing but seed, part and r. Only additions, multiplications,
 * divisions and square roots are used, which IEEE 754 rounds exactly: the bytes are the same on every machine.
 */
export const shapes = (options?: ShapesOptions): DatasetInMemory => drawDataset(drawer, options)
