import { dropoutHash, dropoutThreshold } from './dropout.js'
import { expectShape, take } from './inputs.js'
import type { Op } from './op.js'

/**
 * Dropout of whole channels (Tompson et al. 2015): neighbours in a picture are so alike that a single number which is
 * dropped can be told from those around it. Channel c of picture n is kept where dropout keeps element n · C + c.
 */
export const spatialDropout: Op<'spatialDropout'> = {
  shape(_, inputs) {
    const [x, state] = take('spatialDropout', inputs, 'x', 'state')
    expectShape('spatialDropout', 'state', state, [2])
    return x
  },
  meaning({ rate, salt }, inputs, _, output) {
    const [x, state] = take('spatialDropout', inputs, 'x', 'state')
    const [threshold, C] = [dropoutThreshold(rate), output.at(-1)!]
    const picture = x.length / output[0]!
    return x.map((value, i) => {
      const channel = Math.floor(i / picture) * C + (i % C)
      return dropoutHash(state[0]!, state[1]!, salt, channel) >>> 8 >= threshold ? value / (1 - rate) : 0
    })
  },
  gradient(record, { attributes, inputs }, dy) {
    const [, state] = take('spatialDropout', inputs, 'x', 'state')
    return [record.apply('spatialDropout', attributes, [dy, state]), null]
  },
}
