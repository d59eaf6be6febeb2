import { channelsOf, oneShape, take } from './inputs.js'
import type { Op } from './op.js'

export const softmax: Op<'softmax'> = {
  shape(_, inputs) {
    const x = oneShape('softmax', inputs, 'x')
    channelsOf('softmax', 'x', x)
    return x
  },
  meaning(_, inputs, __, output) {
    const [x] = take('softmax', inputs, 'x')
    return softmaxOf(x, output.at(-1)!)
  },
  gradient: (record, { output }, dy) => [record.apply('softmaxGradient', {}, [dy, output])],
}

/** dx = y · (dy - Σ dy · y), row by row. */
export const softmaxGradient: Op<'softmaxGradient'> = {
  shape: (_, inputs) => oneShape('softmaxGradient', inputs, 'dy', 'y'),
  meaning(_, inputs, __, output) {
    const [dy, y] = take('softmaxGradient', inputs, 'dy', 'y')
    const C = output.at(-1)!
    const dx = new Float64Array(y.length)
    for (let row = 0; row < y.length; row += C) {
      let mean = 0
      for (let i = row; i < row + C; i++) mean += dy[i]! * y[i]!
      for (let i = row; i < row + C; i++) dx[i] = y[i]! * (dy[i]! - mean)
    }
    return dx
  },
  gradient: null,
}

/** Softmax of each row of `C` numbers. */
export function softmaxOf(x: Float64Array, C: number): Float64Array {
  const y = new Float64Array(x.length)
  for (let row = 0; row < x.length; row += C) {
    const { largest, sum } = exponentials(x.subarray(row, row + C))
    for (let i = row; i < row + C; i++) y[i] = Math.exp(x[i]! - largest) / sum
  }
  return y
}

/** The largest x of a row, and Σ e^(x - largest): with the largest taken out nothing overflows. */
export function exponentials(row: Float64Array): { largest: number; sum: number } {
  const largest = row.reduce((most, x) => Math.max(most, x), Number.NEGATIVE_INFINITY)
  return { largest, sum: row.reduce((sum, x) => sum + Math.exp(x - largest), 0) }
}
