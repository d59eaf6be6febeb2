import { splitmix32 } from '../../base/random.js'
import { expectShape, take } from './inputs.js'
import type { Op } from './op.js'

/** 2³² divided by the golden ratio, odd: multiples of it spread evenly over 32 bits. */
const golden = 0x9e3779b1

/**
 * The part of the hash that one layer's elements share in one step; computed once, whatever the batch.
 *
 *     key = mix(step + mix(seed + salt · 0x9E3779B1))
 */
export const dropoutKey = (seed: number, step: number, salt: number): number =>
  splitmix32((step + splitmix32((seed + Math.imul(salt, golden)) >>> 0)) >>> 0)

/**
 * The random 32 bits of element `index` (row-major, the batch axis included), unsigned. All sums and products are
 * modulo 2³², shifts fill with zeros:
 *
 *     hash = mix(index · 0x9E3779B1 + dropoutKey(seed, step, salt))
 *     mix(x): x ^= x >>> 16; x *= 0x21F0AAAD; x ^= x >>> 15; x *= 0x735A2D97; x ^= x >>> 15
 *
 * (`mix` is splitmix32 of base/random.ts.) An element is kept when `hash >>> 8 >= dropoutThreshold(rate)`.
 */
export const dropoutHash = (seed: number, step: number, salt: number, index: number): number =>
  splitmix32((Math.imul(index, golden) + dropoutKey(seed, step, salt)) >>> 0)

/** How many of the 2²⁴ equally likely values of `hash >>> 8` drop an element: rate · 2²⁴, rounded. */
export const dropoutThreshold = (rate: number): number => Math.round(rate * 2 ** 24)

/** Inverted dropout: what is kept grows by 1 / (1 - rate), so that the expected sum stays. 0 ≤ rate < 1; 0 keeps all. */
export const dropout: Op<'dropout'> = {
  shape(_, inputs) {
    const [x, state] = take('dropout', inputs, 'x', 'state')
    expectShape('dropout', 'state', state, [2])
    return x
  },
  meaning({ rate, salt }, inputs) {
    const [x, state] = take('dropout', inputs, 'x', 'state')
    const threshold = dropoutThreshold(rate)
    const kept = (index: number) => dropoutHash(state[0]!, state[1]!, salt, index) >>> 8 >= threshold
    return x.map((value, index) => (kept(index) ? value / (1 - rate) : 0))
  },
  gradient(record, { attributes, inputs }, dy) {
    const [, state] = take('dropout', inputs, 'x', 'state')
    return [record.apply('dropout', attributes, [dy, state]), null]
  },
}
