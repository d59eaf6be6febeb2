import { sizeOf } from '../../base/shape.js'
import { expectShape, take } from './inputs.js'
import type { Op } from './op.js'

export const mean: Op<'mean'> = {
  shape(_, inputs) {
    take('mean', inputs, 'x')
    return [1]
  },
  meaning(_, inputs) {
    const [x] = take('mean', inputs, 'x')
    return Float64Array.of(x.reduce((sum, value) => sum + value, 0) / x.length)
  },
  gradient(record, { inputs }, dy) {
    const [x] = take('mean', inputs, 'x')
    return [record.apply('spread', { shape: x.shape, factor: 1 / sizeOf(x.shape) }, [dy])]
  },
}

/** The mean's gradient, and with factor 1 a number as an array. */
export const spread: Op<'spread'> = {
  shape({ shape }, inputs) {
    const [dy] = take('spread', inputs, 'dy')
    expectShape('spread', 'dy', dy, [1])
    return shape
  },
  meaning({ factor }, inputs, _, output) {
    const [dy] = take('spread', inputs, 'dy')
    return new Float64Array(sizeOf(output)).fill(dy[0]! * factor)
  },
  gradient: null,
}
