import { OptionError } from '../../../base/errors.js'
import { Random } from '../../../base/random.js'
import { Tensor } from '../../../base/tensor.js'
import type { DatasetInMemory } from '../../dataset.js'
import { tutorialScaling } from '../pixels.js'

/** How many pictures of a drawn data set there are, and which. */
export interface DrawnOptions {
  /** Other seeds give other pictures. Default: 0. */
  readonly seed?: number
  /** Pictures to train on. Default: 4,000. */
  readonly train?: number
  /** Pictures to test on. Default: 1,000. */
  readonly test?: number
}

/** A data set whose pictures are drawn when they are asked for. */
export interface Drawer {
  readonly name: string
  readonly classNames: readonly string[]
  /** `[H, W, C]` */
  readonly shape: readonly [number, number, number]
  /** Draws one picture of a class into `bytes`, from `to` on. */
  draw(label: number, random: Random, bytes: Uint8Array, to: number): void
}

/**
 * Row r shows class r mod the number of classes, so every stretch of rows is balanced, and depends on nothing but seed,
 * part and r.
 *
 * @throws OptionError for a part that is no whole number of pictures, at least 1
 */
export function drawDataset(
  drawer: Drawer,
  { seed = 0, train = 4000, test = 1000 }: DrawnOptions = {},
): DatasetInMemory {
  const { name, classNames } = drawer
  checkRows(name, 'train', train)
  checkRows(name, 'test', test)
  return {
    name,
    classNames,
    train: drawExamples(drawer, seed, 'train', train),
    test: drawExamples(drawer, seed, 'test', test),
    notices: [],
  }
}

function drawExamples(
  drawer: Drawer,
  seed: number,
  part: 'train' | 'test',
  rows: number,
): DatasetInMemory['train'] {
  const { name, classNames, shape } = drawer
  const length = shape[0] * shape[1] * shape[2]
  const x = new Uint8Array(rows * length)
  const y = Uint8Array.from({ length: rows }, (_, row) => row % classNames.length)
  for (let row = 0; row < rows; row++)
    drawer.draw(y[row]!, new Random(seed, name, part, row), x, row * length)
  return { x: new Tensor(x, [rows, ...shape], tutorialScaling), y: new Tensor(y, [rows]) }
}

function checkRows(name: string, part: 'train' | 'test', rows: number): void {
  if (Number.isInteger(rows) && rows >= 1) return
  throw new OptionError(
    `${name}: ${part} must be a whole number of pictures, at least 1, but is ${rows}.`,
    `Leave it out for ${part === 'train' ? '4,000' : '1,000'}.`,
  )
}
