import { OptionError, ShapeError } from '../base/errors.js'
import { formatShape } from '../base/shape.js'
import type { Pad2D } from '../engine/ops/attributes.js'
import { type Padding, padFor, windowOutput } from '../engine/ops/window.js'
import { type Grid, type GridLike, gridOf, padded, planesOf } from './planes.js'
import { type ToneOptions, type Tones, toTones } from './tones.js'
import { pairOf } from './windows.js'

export interface ConvolutionOptions {
  /** `[H, W]` or `[H, W, C]`: rows of numbers, or a tensor. */
  readonly input: GridLike
  /** `[R, S]`, the same for every channel, or `[R, S, C]`. */
  readonly kernel: GridLike
  /** Added to every sum. Default 0. */
  readonly bias?: number
  /** Cells the filter moves, down and to the right. Default 1. */
  readonly strides?: number | readonly [number, number]
  /** Default valid. */
  readonly padding?: Padding
  /**
   * How the output becomes a picture; the input is always shifted. Default: shifted, then cut off; where one kernel serves all C channels, one in the
   * output stands for 1 / C grey levels.
   */
  readonly tones?: ToneOptions
}

/** A cell of the picture under a cell of the filter. */
export interface Product {
  readonly value: number
  readonly weight: number
  readonly product: number
}

/** One position of the filter. */
export interface ConvolutionStep {
  /** Of the output cell, counted from 0. */
  readonly row: number
  readonly column: number
  /** 1 for the first step, row by row. */
  readonly number: number
  /** Upper left cell of the window, counted in the padded input. */
  readonly top: number
  readonly left: number
  /** `[C][R · S]`, row by row. */
  readonly products: readonly (readonly Product[])[]
  /** `[C]`, the products of each channel added up. */
  readonly sums: readonly number[]
  readonly bias: number
  /** The output cell: all sums and the bias. */
  readonly sum: number
}

/** A filter's whole way over a picture. */
export interface ConvolutionWalk {
  /** The input with its margin of zeros, `[C][H][W]`. */
  readonly planes: readonly Grid[]
  /** Rows and columns of zeros around the input. */
  readonly pad: Pad2D
  readonly padding: Padding
  /** `[C][R][S]` */
  readonly kernels: readonly Grid[]
  readonly bias: number
  readonly strides: readonly [number, number]
  /** `[H', W']` */
  readonly output: Grid
  /** The input without margin `[H, W, C]` and the output `[H', W']` as bytes. */
  readonly inputTones: Tones
  readonly outputTones: Tones
  /** @throws OptionError for a position outside the output */
  step(row: number, column: number): ConvolutionStep
}

/**
 * Convolution as networks do it, step by step: the filter is laid over the picture, every cell is multiplied with the filter's
 * value on it, the products of all channels and the bias are added up. Shapes and margins are the engine's own (Keras').
 *
 * @throws ShapeError for a filter that does not fit, crooked rows and other numbers of channels
 */
export function convolution(options: ConvolutionOptions): ConvolutionWalk {
  const { bias = 0, padding = 'valid' } = options
  checkBias(bias)
  const strides = pairOf('convolution: strides', options.strides ?? 1)
  const inputs = planesOf('convolution: the input', options.input)
  const kernels = kernelsFor(inputs.length, planesOf('convolution: the kernel', options.kernel))
  const window = { kernel: sizeOfGrid(kernels[0]!), strides, dilation: [1, 1] } as const
  const size = sizeOfGrid(inputs[0]!)
  const pad = padFor(size, window, padding)
  checkFits(window.kernel, size, padding)
  const [height, width] = windowOutput(size, { ...window, pad })
  const planes = inputs.map(plane => padded(plane, pad))
  const output = gridOf(height, width, (row, column) =>
    sumAt(planes, kernels, row * strides[0], column * strides[1], bias),
  )
  return {
    ...{ planes, pad, padding, kernels, bias, strides, output },
    inputTones: toTones(interleaved(inputs), { unit: options.tones?.unit ?? 1 }),
    outputTones: toTones(output.flat(), outputTonesOf(options, inputs.length)),
    step: (row, column) => stepAt({ planes, kernels, strides, bias, output }, row, column),
  }
}

/** A kernel that serves every channel makes numbers as many times as large as there are channels. */
const outputTonesOf = ({ tones, kernel }: ConvolutionOptions, channels: number): ToneOptions => ({
  unit: planesOf('convolution: the kernel', kernel).length === 1 ? 1 / channels : 1,
  ...tones,
})

const sizeOfGrid = (grid: Grid): [number, number] => [grid.length, grid[0]!.length]

function checkBias(bias: number): void {
  if (!Number.isFinite(bias))
    throw new OptionError(`convolution: the bias should be a number, but is ${bias}.`)
}

function kernelsFor(channels: number, kernels: readonly Grid[]): readonly Grid[] {
  if (kernels.length === channels) return kernels
  if (kernels.length === 1) return Array.from({ length: channels }, () => kernels[0]!)
  throw new ShapeError(
    `convolution: the kernel has ${kernels.length} channels, but the input has ${channels}.`,
    `Give a kernel [R, S], used for every channel, or [R, S, ${channels}].`,
  )
}

function checkFits(
  kernel: readonly [number, number],
  input: readonly [number, number],
  padding: Padding,
): void {
  if (padding === 'same' || (kernel[0] <= input[0] && kernel[1] <= input[1])) return
  throw new ShapeError(
    `convolution: a kernel of ${formatShape(kernel)} with padding "valid" does not fit an input of ${formatShape(input)}.`,
    `Use padding: "same", or a kernel of at most ${formatShape(input)}.`,
  )
}

type Parts = Pick<ConvolutionWalk, 'planes' | 'kernels' | 'strides' | 'bias' | 'output'>

function stepAt(
  { planes, kernels, strides, bias, output }: Parts,
  row: number,
  column: number,
): ConvolutionStep {
  checkPosition(row, column, sizeOfGrid(output))
  const [top, left] = [row * strides[0], column * strides[1]]
  return {
    ...{ row, column, top, left, bias },
    number: row * output[0]!.length + column + 1,
    products: planes.map((plane, c) => productsAt(plane, kernels[c]!, top, left)),
    sums: planes.map((plane, c) => channelSum(plane, kernels[c]!, top, left)),
    sum: output[row]![column]!,
  }
}

function checkPosition(row: number, column: number, [height, width]: readonly [number, number]): void {
  const within = (at: number, size: number) => Number.isInteger(at) && at >= 0 && at < size
  if (within(row, height) && within(column, width)) return
  throw new OptionError(
    `convolution: there is no output cell at row ${row}, column ${column}.`,
    `The output is ${formatShape([height, width])}: rows 0 to ${height - 1}, columns 0 to ${width - 1}.`,
  )
}

const productsAt = (plane: Grid, kernel: Grid, top: number, left: number): Product[] =>
  kernel.flatMap((weights, r) =>
    weights.map((weight, s) => {
      const value = plane[top + r]![left + s]!
      // A zero times a negative number is -0, which nobody wants to read.
      return { value, weight, product: value * weight + 0 }
    }),
  )

function channelSum(plane: Grid, kernel: Grid, top: number, left: number): number {
  let sum = 0
  for (let r = 0; r < kernel.length; r++)
    for (let s = 0; s < kernel[r]!.length; s++) sum += plane[top + r]![left + s]! * kernel[r]![s]!
  return sum
}

const sumAt = (
  planes: readonly Grid[],
  kernels: readonly Grid[],
  top: number,
  left: number,
  bias: number,
): number => planes.reduce((sum, plane, c) => sum + channelSum(plane, kernels[c]!, top, left), 0) + bias

/** Planes `[C][H][W]` as one list `[H, W, C]`. */
function interleaved(planes: readonly Grid[]): number[] {
  const [height, width] = sizeOfGrid(planes[0]!)
  return Array.from({ length: height * width }, (_, cell) =>
    planes.map(plane => plane[Math.floor(cell / width)]![cell % width]!),
  ).flat()
}
