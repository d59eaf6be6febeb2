import type { Shape } from '../../../../base/shape.js'
import type { Window2D } from '../../../ops/attributes.js'
import { i32 } from '../assembler/expressions.js'
import type { Local } from '../assembler/function.js'
import { type Emission, FLOAT } from './kernel.js'
import { isPlain, type Staging, stagedRow, stageRows } from './stage-rows.js'

/** A window that slides over pictures: what convolutions and both of their gradients have in common. All in cells. */
export interface SlidingWindow {
  readonly images: number
  readonly view: Staging
  /** Positions of the window: rows and columns of the output. */
  readonly rows: number
  readonly columns: number
  readonly filters: number
  readonly kernel: readonly [R: number, S: number]
  readonly strides: readonly [number, number]
  readonly dilation: readonly [number, number]
  /** Where the output's numbers go. Default: one behind the other. */
  readonly output?: OutputGrid
}

/** Distances between neighbours of the output, in floats; `first` from its start to the first number. */
export interface OutputGrid {
  readonly first: number
  readonly image: number
  readonly row: number
  readonly pixel: number
}

export const outputGrid = ({ output, rows, columns, filters }: SlidingWindow): OutputGrid =>
  output ?? { first: 0, image: rows * columns * filters, row: columns * filters, pixel: filters }

/** Cells that a window reaches over `count` positions along one axis. */
export const extent = (count: number, stride: number, kernel: number, dilation: number): number =>
  (count - 1) * stride + dilation * (kernel - 1) + 1

/** The window of a convolution of `x` [N, H, W, C] that gives `y` [N, H', W', K]. */
export function convolutionWindow(attributes: Window2D, x: Shape, y: Shape): SlidingWindow {
  const [images, height, width, channels] = x as readonly [number, number, number, number]
  const [, rows, columns, filters] = y as readonly [number, number, number, number]
  const { kernel, strides, dilation, pad } = attributes
  const reach = extent(columns, strides[1], kernel[1], dilation[1])
  const view: Staging = {
    height,
    width,
    channels,
    insert: [1, 1],
    top: pad.top,
    left: pad.left,
    columns: reach,
  }
  return { images, view, rows, columns, filters, kernel, strides, dilation }
}

/** Rows of the view that so many rows of positions reach. */
export const stagedRows = ({ strides, kernel, dilation }: SlidingWindow, rows: number): number =>
  extent(rows, strides[0], kernel[0], dilation[0])

/** False where the view is the picture as it lies in memory. */
const needsStaging = (w: SlidingWindow): boolean => !isPlain(w.view, stagedRows(w, w.rows), w.view.height)

/** True for a 1×1 kernel without strides or padding: rows and columns mean nothing to it. */
export const isPointwise = (w: SlidingWindow): boolean =>
  [...w.kernel, ...w.strides].every(length => length === 1) &&
  w.rows === w.view.height &&
  w.columns === w.view.width &&
  !needsStaging(w)

/** Floats of scratch memory for blocks of so many rows of positions. */
export const windowScratch = (w: SlidingWindow, block: number): number =>
  needsStaging(w) ? stagedRows(w, block) * stagedRow(w.view) : 0

/** The cells under a block of positions: copied to scratch memory, or where they are. */
export interface WindowBlock {
  readonly base: Local<'i32'>
  readonly rowBytes: number
}

/** Makes the cells under positions `first` … `first + rows - 1` of a picture ready to be read. */
export function windowBlock(
  emission: Emission,
  w: SlidingWindow,
  input: number,
  { image, first, rows }: { image: Local<'i32'>; first: Local<'i32'>; rows: number },
): WindowBlock {
  const { f, scratch } = emission
  const { height, width, channels } = w.view
  const picture = f.i32(i32.add(input, i32.mul(image, height * width * channels * FLOAT)))
  const top = f.i32(i32.mul(first, w.strides[0]))
  if (needsStaging(w)) {
    stageRows(emission, w.view, { picture, first: top, rows: stagedRows(w, rows), to: scratch })
    return { base: scratch, rowBytes: stagedRow(w.view) * FLOAT }
  }
  const rowBytes = width * channels * FLOAT
  return { base: f.i32(i32.add(picture, i32.mul(top, rowBytes))), rowBytes }
}

/**
 * The window's cells as runs that lie without gaps: undilated, a row of the window is one run of cells and channels;
 * dilated, each cell's channels are one.
 */
export const windowRuns = ({ kernel, dilation, view }: SlidingWindow): { runs: number; length: number } => {
  const runs = dilation[1] === 1 ? 1 : kernel[1]
  return { runs, length: (kernel[1] / runs) * view.channels }
}
