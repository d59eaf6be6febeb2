import { expectShape, take } from './inputs.js'
import type { Op } from './op.js'

export const l2Penalty: Op<'l2Penalty'> = {
  shape(_, inputs) {
    take('l2Penalty', inputs, 'w')
    return [1]
  },
  meaning({ factor }, inputs) {
    const [w] = take('l2Penalty', inputs, 'w')
    return Float64Array.of(factor * w.reduce((sum, weight) => sum + weight * weight, 0))
  },
  gradient(record, { attributes, inputs }, dy) {
    const [w] = take('l2Penalty', inputs, 'w')
    return [record.apply('l2PenaltyGradient', attributes, [dy, w])]
  },
}

export const l2PenaltyGradient: Op<'l2PenaltyGradient'> = {
  shape(_, inputs) {
    const [dy, w] = take('l2PenaltyGradient', inputs, 'dy', 'w')
    expectShape('l2PenaltyGradient', 'dy', dy, [1])
    return w
  },
  meaning({ factor }, inputs) {
    const [dy, w] = take('l2PenaltyGradient', inputs, 'dy', 'w')
    return w.map(weight => 2 * factor * dy[0]! * weight)
  },
  gradient: null,
}
