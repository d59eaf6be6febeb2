import { cosineOfTurns, log } from './portable-math.js'

/**
 * Random numbers that depend on nothing but a seed and a purpose.
 *
 * A stream is keyed by words (`'shuffle', epoch`), so the numbers of epoch 7 can be had without drawing those of
 * epochs 0 to 6: resuming needs no saved generator state. Generator: xoshiro128** (Blackman & Vigna 2018), seeded
 * by SplitMix32 over an FNV-1a hash of the key.
 */
export class Random {
  private readonly state: Uint32Array

  constructor(seed: number, ...key: readonly (string | number)[]) {
    this.state = Uint32Array.from(stateFrom(fnv1a(`${seed}/${key.join('/')}`)))
  }

  /**
   * A stream of its own for each whole number: for things of which there are many, such as pictures, because no text is
   * hashed for it. It depends on this stream's key, and on how many numbers were drawn from it before.
   */
  fork(index: number): Random {
    const fork: Random = Object.create(Random.prototype)
    return Object.assign(fork, {
      state: Uint32Array.from(stateFrom(splitmix32((this.state[0]! + Math.imul(index, 0x9e3779b1)) >>> 0))),
    })
  }

  /** An integer in 0 … 2³²-1. */
  uint32(): number {
    const s = this.state
    const result = Math.imul(rotateLeft(Math.imul(s[1]!, 5), 7), 9) >>> 0
    const t = s[1]! << 9
    s[2]! ^= s[0]!
    s[3]! ^= s[1]!
    s[1]! ^= s[2]!
    s[0]! ^= s[3]!
    s[2]! ^= t
    s[3] = rotateLeft(s[3]!, 11)
    return result
  }

  /** A number in [from, to), 32 random bits. */
  uniform(from = 0, to = 1): number {
    return from + (to - from) * (this.uint32() / 2 ** 32)
  }

  /** An integer in 0 … below-1. */
  integer(below: number): number {
    return Math.floor(this.uniform() * below)
  }

  /** A number from the normal distribution (Box–Muller, one of the pair). */
  normal(mean = 0, deviation = 1): number {
    const radius = Math.sqrt(-2 * log(1 - this.uniform()))
    return mean + deviation * radius * cosineOfTurns(this.uniform())
  }

  /** The numbers 0 … length-1 in random order (Fisher–Yates). */
  permutation(length: number): Uint32Array {
    const order = Uint32Array.from({ length }, (_, index) => index)
    for (let last = length - 1; last > 0; last--) {
      const other = this.integer(last + 1)
      const kept = order[last]!
      order[last] = order[other]!
      order[other] = kept
    }
    return order
  }
}

/** Four words that begin a stream: SplitMix32 from `hash` on. */
const stateFrom = (hash: number): number[] =>
  [1, 2, 3, 4].map(i => splitmix32((hash + Math.imul(i, 0x9e3779b9)) >>> 0))

const rotateLeft = (x: number, by: number): number => ((x << by) | (x >>> (32 - by))) >>> 0

function fnv1a(text: string): number {
  let hash = 0x811c9dc5
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193) >>> 0
  return hash
}

/** Mixes 32 bits so that every bit of `x` sways every bit of the result (lowbias32, Wellons 2018). Unsigned. */
export function splitmix32(x: number): number {
  let z = Math.imul(x ^ (x >>> 16), 0x21f0aaad)
  z = Math.imul(z ^ (z >>> 15), 0x735a2d97)
  return (z ^ (z >>> 15)) >>> 0
}
