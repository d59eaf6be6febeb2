import { ShapeError } from '../../base/errors.js'
import { formatShape } from '../../base/shape.js'
import { expectShape, take } from './inputs.js'
import type { Op } from './op.js'
import { picturesWith, rowOf } from './picture-rows.js'

export const coverBoxes: Op<'coverBoxes'> = {
  shape: (_, inputs) => picturesWith('coverBoxes', inputs, 'boxes', () => 4),
  meaning({ value }, inputs, _, [N, , W, C]) {
    const [x, boxes] = take('coverBoxes', inputs, 'x', 'boxes')
    const y = x.slice()
    for (let n = 0; n < N!; n++)
      eachRun(rowOf(boxes, n, N!), W!, C!, (from, to) => rowOf(y, n, N!).fill(value, from, to))
    return y
  },
  gradient: null,
}

export const pasteBoxes: Op<'pasteBoxes'> = {
  shape: (_, inputs) => picturesWith('pasteBoxes', inputs, 'boxes', () => 5),
  meaning(_, inputs, __, [N, , W, C]) {
    const [x, boxes] = take('pasteBoxes', inputs, 'x', 'boxes')
    const y = x.slice()
    for (let n = 0; n < N!; n++) {
      const other = rowOf(x, boxes[5 * n + 4]!, N!)
      eachRun(rowOf(boxes, n, N!), W!, C!, (from, to) => rowOf(y, n, N!).set(other.subarray(from, to), from))
    }
    return y
  },
  gradient: null,
}

export const mixRows: Op<'mixRows'> = {
  shape(_, inputs) {
    const [x, mixes] = take('mixRows', inputs, 'x', 'mixes')
    if (x.length === 0) throw new ShapeError(`mixRows: x must have rows, but ${formatShape(x)} came.`)
    expectShape('mixRows', 'mixes', mixes, [x[0]!, 2])
    return x
  },
  meaning(_, inputs, __, [N]) {
    const [x, mixes] = take('mixRows', inputs, 'x', 'mixes')
    const length = x.length / N!
    return x.map((value, k) => {
      const [share, other] = mixes.subarray(2 * Math.floor(k / length))
      return share! * value + (1 - share!) * x[other! * length + (k % length)]!
    })
  },
  gradient: null,
}

/** Calls `visit` with where each row of the box begins and ends, counted from the picture's first number. */
function eachRun(
  [top, left, height, width]: Float64Array,
  W: number,
  C: number,
  visit: (from: number, to: number) => void,
): void {
  for (let row = top!; row < top! + height!; row++) {
    const from = (row * W + left!) * C
    visit(from, from + width! * C)
  }
}
