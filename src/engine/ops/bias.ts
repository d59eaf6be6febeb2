import { sizeOf } from '../../base/shape.js'
import { channelsOf, expectShape, take } from './inputs.js'
import type { Op } from './op.js'

export const biasAdd: Op<'biasAdd'> = {
  shape(_, inputs) {
    const [x, bias] = take('biasAdd', inputs, 'x', 'bias')
    expectShape('biasAdd', 'bias', bias, [channelsOf('biasAdd', 'x', x)])
    return x
  },
  meaning(_, inputs) {
    const [x, bias] = take('biasAdd', inputs, 'x', 'bias')
    return x.map((value, i) => value + bias[i % bias.length]!)
  },
  gradient: (record, _, dy) => [dy, record.apply('channelSum', {}, [dy])],
}

/** The bias's gradient. */
export const channelSum: Op<'channelSum'> = {
  shape(_, inputs) {
    const [x] = take('channelSum', inputs, 'x')
    return [channelsOf('channelSum', 'x', x)]
  },
  meaning(_, inputs, __, output) {
    const [x] = take('channelSum', inputs, 'x')
    const sums = new Float64Array(sizeOf(output))
    for (let i = 0; i < x.length; i++) sums[i % sums.length]! += x[i]!
    return sums
  },
  gradient: null,
}
