import { shortNumber } from '../svg/numbers.js'
import { textWidth } from '../svg/text.js'

/** Rows of numbers. */
export type Grid = readonly (readonly number[])[]

export interface StepToDraw {
  readonly row: number
  readonly column: number
  readonly number: number
  readonly top: number
  readonly left: number
  readonly products: readonly (readonly { readonly value: number; readonly weight: number }[])[]
  readonly sums: readonly number[]
  readonly bias: number
  readonly sum: number
}

interface TonesToDraw {
  readonly bytes: Uint8Array
  readonly sentence: string
}

/** A filter's way over a picture, as `explain.convolution` gives it. */
export interface WalkToDraw {
  /** The input with its margin, `[C][H][W]`. */
  readonly planes: readonly Grid[]
  readonly pad: {
    readonly top: number
    readonly bottom: number
    readonly left: number
    readonly right: number
  }
  /** `[C][R][S]` */
  readonly kernels: readonly Grid[]
  readonly bias: number
  readonly strides: readonly [number, number]
  readonly output: Grid
  /** Bytes of the input without its margin, `[H, W, C]`. */
  readonly inputTones: TonesToDraw
  readonly outputTones: TonesToDraw
  step(row: number, column: number): StepToDraw
}

export const sizeOf = (grid: Grid): readonly [height: number, width: number] => [grid.length, grid[0]!.length]

/** `5×5` */
export const sizeText = (grid: Grid): string => sizeOf(grid).join('×')

/** Height and width of the input without its margin. */
export function inputSize({ planes, pad }: WalkToDraw): readonly [height: number, width: number] {
  const [height, width] = sizeOf(planes[0]!)
  return [height - pad.top - pad.bottom, width - pad.left - pad.right]
}

/** More cells than this in a row or column are not drawn with their numbers. */
export const mostCells = 9

export const isLarge = (grid: Grid): boolean => Math.max(...sizeOf(grid)) > mostCells

/** The side of a square that holds any of these numbers, and of the filter a weight in its corner. */
export function cellSide(numbers: readonly number[], weights: readonly number[] = []): number {
  const value = widest(numbers.map(shortNumber), 12)
  const weight = widest(weights.map(weightText), 10)
  return Math.ceil(Math.min(64, Math.max(weights.length > 0 ? 40 : 34, value + 8, weight + 6)))
}

export const weightText = (weight: number): string => `×${shortNumber(weight)}`

const widest = (texts: readonly string[], size: number): number =>
  texts.reduce((most, text) => Math.max(most, textWidth(text, { size })), 0)

/** What people call the channels. */
export const channelName = (channel: number, channels: number): string =>
  channels === 3 ? ['red', 'green', 'blue'][channel]! : `channel ${channel}`
