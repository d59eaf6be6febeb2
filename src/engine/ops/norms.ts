import { ShapeError } from '../../base/errors.js'
import { expectShape, take } from './inputs.js'
import type { Op } from './op.js'

export const scaleBy: Op<'scaleBy'> = {
  shape(_, inputs) {
    const [x, factor] = take('scaleBy', inputs, 'x', 'factor')
    expectShape('scaleBy', 'factor', factor, [1])
    return x
  },
  meaning(_, inputs) {
    const [x, factor] = take('scaleBy', inputs, 'x', 'factor')
    return x.map(value => factor[0]! * value)
  },
  gradient: null,
  inPlace: 0,
}

export const clip: Op<'clip'> = {
  shape(_, inputs) {
    const [x] = take('clip', inputs, 'x')
    return x
  },
  meaning({ limit }, inputs) {
    const [x] = take('clip', inputs, 'x')
    return x.map(value => Math.min(Math.max(value, -limit), limit))
  },
  gradient: null,
}

/** Any number of sums, so that one factor can be that of many tensors. */
export const normFactor: Op<'normFactor'> = {
  shape(_, inputs) {
    if (inputs.length === 0) throw new ShapeError('normFactor: at least one sum must come, but none did.')
    for (const [i, sum] of inputs.entries()) expectShape('normFactor', `sum ${i}`, sum, [1])
    return [1]
  },
  meaning({ norm, least }, inputs) {
    const squares = inputs.reduce((sum, square) => sum + square[0]!, 0)
    return Float64Array.of(norm / Math.max(Math.sqrt(squares), least))
  },
  gradient: null,
}
