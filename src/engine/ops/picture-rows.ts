import type { Shape } from '../../base/shape.js'
import type { OpName, PixelRange } from './attributes.js'
import { expectAxes, expectShape, take } from './inputs.js'

/** The shape rule of ops on pictures [N, H, W, C] that take so many numbers for each of them; the output is as large. */
export function picturesWith(
  op: OpName,
  inputs: readonly Shape[],
  parameters: string,
  count: (channels: number) => number,
): Shape {
  const [x, given] = take(op, inputs, 'x', parameters)
  expectAxes(op, 'x', x, 'N H W C')
  expectShape(op, parameters, given, [x[0]!, count(x[3]!)])
  return x
}

/** Row n of an array of `rows` rows, sharing its memory. */
export const rowOf = (x: Float64Array, n: number, rows: number): Float64Array =>
  x.subarray((n * x.length) / rows, ((n + 1) * x.length) / rows)

/** The number of the range that is nearest to `value`. */
export const within = ({ low, high }: PixelRange, value: number): number =>
  Math.min(Math.max(value, low), high)
