import { cosineOfTurns, log } from '../../base/portable-math.js'
import { splitmix32 } from '../../base/random.js'
import { dropoutHash } from './dropout.js'
import { expectShape, take } from './inputs.js'
import type { Op } from './op.js'

/** Added to a hash before it is mixed once more: half of 2³² divided by the golden ratio, odd. */
export const secondHash = 0x4f1bbcdd

/**
 * A number of the normal distribution for each element, by Box and Muller from two hashes of 24 bits each; h is the
 * hash of dropout, so nothing has to be kept for the gradient:
 *
 *     n = √(-2 log u) · cos 2πv    u = ((h >>> 8) + 1) / 2²⁴    v = (mix(h + 0x4F1BBCDD) >>> 8) / 2²⁴
 */
export function noiseAt(seed: number, step: number, salt: number, index: number): number {
  const first = dropoutHash(seed, step, salt, index)
  const second = splitmix32((first + secondHash) >>> 0)
  const radius = Math.sqrt(-2 * log(((first >>> 8) + 1) / 2 ** 24))
  return radius * cosineOfTurns((second >>> 8) / 2 ** 24)
}

export const gaussianNoise: Op<'gaussianNoise'> = {
  shape(_, inputs) {
    const [x, state] = take('gaussianNoise', inputs, 'x', 'state')
    expectShape('gaussianNoise', 'state', state, [2])
    return x
  },
  meaning({ stddev, salt, multiplicative }, inputs) {
    const [x, state] = take('gaussianNoise', inputs, 'x', 'state')
    return x.map((value, index) => {
      const noise = stddev * noiseAt(state[0]!, state[1]!, salt, index)
      return multiplicative ? value * (1 + noise) : value + noise
    })
  },
  gradient(record, { attributes, inputs }, dy) {
    const [, state] = take('gaussianNoise', inputs, 'x', 'state')
    // What is added has no slope; a factor is a slope.
    return [attributes.multiplicative ? record.apply('gaussianNoise', attributes, [dy, state]) : dy, null]
  },
}
