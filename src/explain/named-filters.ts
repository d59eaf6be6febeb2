import { unknownName } from '../base/nearest.js'
import type { Grid } from './planes.js'

/** A filter people know by name. */
export interface NamedFilter {
  /** `[R, S]` */
  readonly kernel: Grid
  /** What it does to a picture, in a sentence. */
  readonly sentence: string
}

/** Filters to try convolution with; a network finds its own. */
export const filters = {
  identity: {
    kernel: [
      [0, 0, 0],
      [0, 1, 0],
      [0, 0, 0],
    ],
    sentence: 'Takes every cell as it is: the picture stays the same.',
  },
  sharpen: {
    kernel: [
      [0, -1, 0],
      [-1, 5, -1],
      [0, -1, 0],
    ],
    sentence: 'Adds what a cell has more or less than its four neighbours: edges become sharper.',
  },
  edges: {
    kernel: [
      [0, -1, 0],
      [-1, 4, -1],
      [0, -1, 0],
    ],
    sentence: 'Compares a cell with its four neighbours: even areas become 0, edges remain.',
  },
  outline: {
    kernel: [
      [-1, -1, -1],
      [-1, 8, -1],
      [-1, -1, -1],
    ],
    sentence: 'Compares a cell with all eight neighbours: edges of every direction remain.',
  },
  blur: {
    kernel: [
      [0.0625, 0.125, 0.0625],
      [0.125, 0.25, 0.125],
      [0.0625, 0.125, 0.0625],
    ],
    sentence:
      'Takes a mean of a cell and its neighbours, the near ones counting more: the picture becomes soft.',
  },
  emboss: {
    kernel: [
      [-2, -1, 0],
      [-1, 1, 1],
      [0, 1, 2],
    ],
    sentence: 'Takes the lower right minus the upper left: the picture looks pressed into paper.',
  },
  'sobel-x': {
    kernel: [
      [-1, 0, 1],
      [-2, 0, 2],
      [-1, 0, 1],
    ],
    sentence: 'Takes the right minus the left: upright edges, above 0 where it gets brighter to the right.',
  },
  'sobel-y': {
    kernel: [
      [-1, -2, -1],
      [0, 0, 0],
      [1, 2, 1],
    ],
    sentence:
      'Takes what is below minus what is above: level edges, above 0 where it gets brighter downwards.',
  },
} as const satisfies Record<string, NamedFilter>

export type FilterName = keyof typeof filters

export const filterNames = Object.keys(filters) as readonly FilterName[]

/** @throws OptionError for a name nobody knows; it offers the nearest */
export function filterNamed(name: string): NamedFilter {
  if (!Object.hasOwn(filters, name)) throw unknownName('filter', name, filterNames)
  return filters[name as FilterName]
}
