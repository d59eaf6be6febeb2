import { OptionError } from '../../base/errors.js'
import { Random } from '../../base/random.js'
import { Tensor } from '../../base/tensor.js'
import type { Dataset, Examples } from '../dataset.js'
import { tutorialScaling } from './pixels.js'
import { figures } from './shapes/figures.js'
import { drawScene, side } from './shapes/scene.js'

export interface ShapesOptions {
  /** Other seeds give other pictures. Default: 0. */
  readonly seed?: number
  /** Pictures to train on. Default: 4,000. */
  readonly train?: number
  /** Pictures to test on. Default: 1,000. */
  readonly test?: number
}

const names = Object.keys(figures) as readonly (keyof typeof figures)[]

/**
 * Built-in pictures that need no download: ten classes of drawn 32×32 colour pictures, from disc to spiral.
 *
 * Pictures come as `[N, 32, 32, 3]` bytes that stand for -0.5 … 0.5, labels as `[N]`. Row r shows class r mod 10, so
 * every stretch of rows is balanced, and depends on nothing but seed, part and r. Only additions, multiplications,
 * divisions and square roots are used, which IEEE 754 rounds exactly: the bytes are the same on every machine.
 */
export function shapes({ seed = 0, train = 4000, test = 1000 }: ShapesOptions = {}): Dataset {
  return {
    name: 'shapes',
    classNames: names,
    train: drawExamples(seed, 'train', train),
    test: drawExamples(seed, 'test', test),
    notices: [],
  }
}

function drawExamples(seed: number, part: 'train' | 'test', rows: number): Examples {
  if (!Number.isInteger(rows) || rows < 1)
    throw new OptionError(
      `shapes: ${part} must be a whole number of pictures, at least 1, but is ${rows}.`,
      `Leave it out for ${part === 'train' ? '4,000' : '1,000'}.`,
    )
  const x = new Uint8Array(rows * side * side * 3)
  const y = Uint8Array.from({ length: rows }, (_, row) => row % names.length)
  for (let row = 0; row < rows; row++)
    drawScene(figures[names[y[row]!]!], new Random(seed, 'shapes', part, row), x, row * side * side * 3)
  return { x: new Tensor(x, [rows, side, side, 3], tutorialScaling), y: new Tensor(y, [rows]) }
}
