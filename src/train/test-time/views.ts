import { OptionError } from '../../base/errors.js'
import { unknownName } from '../../base/nearest.js'
import { formatShape, type Shape } from '../../base/shape.js'

/**
 * What is averaged when the network answers: `none`, the picture as it is; `flip`, the picture and its mirror image;
 * `flip+shift`, both, and both moved by one pixel to either corner (Jordan 2024, arXiv 2404.00498).
 */
export const testTimes = ['none', 'flip', 'flip+shift'] as const
export type TestTime = (typeof testTimes)[number]

/** Those that look at a picture more than once. */
export const averagingTestTimes = ['flip', 'flip+shift'] as const satisfies readonly TestTime[]
export type AveragingTestTime = (typeof averagingTestTimes)[number]

/** One look at a picture, and how much what it gives counts. */
export interface View {
  readonly mirrored: boolean
  /** How far the picture is moved down and to the right, in pixels. */
  readonly shift: number
  readonly weight: number
}

const bothWays = (shift: number, weight: number): View[] =>
  [false, true].map(mirrored => ({ mirrored, shift, weight }))

/** A single look at the picture itself. */
export const asItIs: readonly View[] = [{ mirrored: false, shift: 0, weight: 1 }]

const views: Readonly<Record<TestTime, readonly View[]>> = {
  none: asItIs,
  flip: bothWays(0, 1 / 2),
  'flip+shift': [...bothWays(0, 1 / 4), ...bothWays(1, 1 / 8), ...bothWays(-1, 1 / 8)],
}

/** The views of that name, whose weights sum to 1; only pictures `[H, W, C]` have more than one. */
export function viewsOf(testTime: TestTime, input: Shape): readonly View[] {
  if (!testTimes.includes(testTime)) throw unknownName('testTime', testTime, testTimes)
  if (testTime !== 'none' && input.length !== 3)
    throw new OptionError(
      `testTime: "${testTime}" looks at pictures [H, W, C] in several ways, but the network's input is ${formatShape(input)}.`,
      'Leave it out.',
    )
  return views[testTime]
}

/**
 * How a batch of pictures looks in a view.
 *
 * @param x `[rows, H, W, C]`, row-major
 * @param shape `[H, W, C]`
 */
export function lookAt(x: Float32Array, shape: Shape, view: View): Float32Array {
  if (!view.mirrored && view.shift === 0) return x
  const [H, W, C] = shape as [number, number, number]
  const result = new Float32Array(x.length)
  const columns = Array.from({ length: W }, (_, column) => sourceColumn(column, W, view) * C)
  for (let line = 0; line < x.length / (W * C); line++) {
    const row = line % H
    const source = line - row + reflected(row - view.shift, H)
    copyLine(x.subarray(source * W * C), result.subarray(line * W * C), columns, C)
  }
  return result
}

/** Copies pixel after pixel of a line; `columns` says where each begins in `from`. */
function copyLine(from: Float32Array, to: Float32Array, columns: readonly number[], C: number): void {
  columns.forEach((source, column) => {
    for (let c = 0; c < C; c++) to[column * C + c] = from[source + c]!
  })
}

/** Which column of the picture is seen there: the picture is moved first, then mirrored. */
function sourceColumn(column: number, W: number, { mirrored, shift }: View): number {
  const source = reflected(column - shift, W)
  return mirrored ? W - 1 - source : source
}

/** The border is continued by its mirror image, without repeating the outermost pixel. */
function reflected(place: number, length: number): number {
  if (length === 1) return 0
  if (place < 0) return -place
  return place < length ? place : 2 * (length - 1) - place
}
