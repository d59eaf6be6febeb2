import { expectShape, take } from './inputs.js'
import type { Op } from './op.js'

export const l1Penalty: Op<'l1Penalty'> = {
  shape(_, inputs) {
    take('l1Penalty', inputs, 'w')
    return [1]
  },
  meaning({ factor }, inputs) {
    const [w] = take('l1Penalty', inputs, 'w')
    return Float64Array.of(factor * w.reduce((sum, weight) => sum + Math.abs(weight), 0))
  },
  gradient(record, { attributes, inputs }, dy) {
    const [w] = take('l1Penalty', inputs, 'w')
    return [record.apply('l1PenaltyGradient', attributes, [dy, w])]
  },
}

/** |w| has no slope at 0; as in TensorFlow and PyTorch it counts as 0 there, so that a weight may stay 0. */
export const l1PenaltyGradient: Op<'l1PenaltyGradient'> = {
  shape(_, inputs) {
    const [dy, w] = take('l1PenaltyGradient', inputs, 'dy', 'w')
    expectShape('l1PenaltyGradient', 'dy', dy, [1])
    return w
  },
  meaning({ factor }, inputs) {
    const [dy, w] = take('l1PenaltyGradient', inputs, 'dy', 'w')
    return w.map(weight => factor * dy[0]! * Math.sign(weight))
  },
  gradient: null,
}
