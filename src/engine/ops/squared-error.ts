import { channelsOf, expectShape, take } from './inputs.js'
import type { Op } from './op.js'

export const squaredError: Op<'squaredError'> = {
  shape(_, inputs) {
    const [y, target] = take('squaredError', inputs, 'y', 'target')
    channelsOf('squaredError', 'y', y)
    expectShape('squaredError', 'target', target, y)
    return [y[0]!]
  },
  meaning(_, inputs, __, [N]) {
    const [y, target] = take('squaredError', inputs, 'y', 'target')
    const length = y.length / N!
    const loss = new Float64Array(N!)
    y.forEach((value, i) => {
      loss[Math.floor(i / length)]! += (value - target[i]!) ** 2 / length
    })
    return loss
  },
  gradient(record, { inputs }, dloss) {
    const [y, target] = take('squaredError', inputs, 'y', 'target')
    return [record.apply('squaredErrorGradient', {}, [dloss, y, target]), null]
  },
}

export const squaredErrorGradient: Op<'squaredErrorGradient'> = {
  shape(_, inputs) {
    const [dloss, y, target] = take('squaredErrorGradient', inputs, 'dloss', 'y', 'target')
    channelsOf('squaredErrorGradient', 'y', y)
    expectShape('squaredErrorGradient', 'target', target, y)
    expectShape('squaredErrorGradient', 'dloss', dloss, [y[0]!])
    return y
  },
  meaning(_, inputs) {
    const [dloss, y, target] = take('squaredErrorGradient', inputs, 'dloss', 'y', 'target')
    const length = y.length / dloss.length
    return y.map((value, i) => (dloss[Math.floor(i / length)]! * 2 * (value - target[i]!)) / length)
  },
  gradient: null,
}
