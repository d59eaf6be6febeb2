import { describe, expect, test } from 'vitest'
import { dropout, dropoutHash, dropoutThreshold } from './dropout.js'

const length = 100_000

function mask(seed: number, step: number, salt: number, rate: number): boolean[] {
  const threshold = dropoutThreshold(rate)
  return Array.from({ length }, (_, i) => dropoutHash(seed, step, salt, i) >>> 8 >= threshold)
}

const share = (hits: readonly boolean[]): number => hits.filter(Boolean).length / hits.length

/** Five standard errors of a share `p` of `length` independent draws. */
const fiveErrors = (p: number): number => 5 * Math.sqrt((p * (1 - p)) / length)

describe('the mask', () => {
  test.each([0.1, 0.25, 0.5, 0.9])('keeps the share that rate %d leaves', rate => {
    for (const seed of [0, 1, 12345, 2 ** 24 - 1])
      expect(Math.abs(share(mask(seed, 7, 3, rate)) - (1 - rate))).toBeLessThan(fiveErrors(rate))
  })

  test.each([
    ['the next step', mask(1, 1, 0, 0.5)],
    ['the next layer', mask(1, 0, 1, 0.5)],
    ['the next seed', mask(2, 0, 0, 0.5)],
    ['the next element', mask(1, 0, 0, 0.5).slice(1)],
    ['the element a row of 32×64 below', mask(1, 0, 0, 0.5).slice(2048)],
    ['step and layer exchanged', mask(1, 1, 1, 0.5)],
  ])('has nothing to do with that of %s', (_, other) => {
    const first = mask(1, 0, 0, 0.5)
    const agree = other.map((kept, i) => kept === first[i])
    expect(Math.abs(share(agree) - 0.5)).toBeLessThan(fiveErrors(0.5) * 1.05)
  })

  test('is the one of the written rule', () => {
    expect([0, 1, 2].map(i => dropoutHash(42, 7, 3, i))).toEqual([0, 1, 2].map(i => byTheRule(42, 7, 3, i)))
    expect(dropoutHash(2 ** 24 - 1, 2 ** 24 - 1, 2 ** 31, 2 ** 31)).toBe(
      byTheRule(2 ** 24 - 1, 2 ** 24 - 1, 2 ** 31, 2 ** 31),
    )
  })
})

/** The rule in whole numbers of any size, reduced modulo 2³² after each operation. */
function byTheRule(seed: number, step: number, salt: number, index: number): number {
  const low = (x: bigint) => x & 0xffffffffn
  const mix = (x: bigint) => {
    let z = low(x)
    z = low((z ^ (z >> 16n)) * 0x21f0aaadn)
    z = low((z ^ (z >> 15n)) * 0x735a2d97n)
    return z ^ (z >> 15n)
  }
  const golden = 0x9e3779b1n
  const key = mix(BigInt(step) + mix(BigInt(seed) + BigInt(salt) * golden))
  return Number(mix(BigInt(index) * golden + key))
}

const run = (rate: number, x: Float64Array) => [
  ...dropout.meaning({ rate, salt: 3 }, [x, Float64Array.of(1, 2)], [[x.length], [2]], [x.length]),
]

describe('the op', () => {
  test('rate 0 keeps everything as it is', () => {
    const x = Float64Array.from({ length: 1000 }, (_, i) => i - 500)
    expect(run(0, x)).toEqual([...x])
  })

  test('what is kept grows, what is not becomes 0, even where it was not a number', () => {
    const ones = run(0.25, new Float64Array(1000).fill(1))
    expect(new Set(ones)).toEqual(new Set([0, 1 / 0.75]))
    const dropped = ones.indexOf(0)
    expect(run(0.25, new Float64Array(1000).fill(Number.NaN))[dropped]).toBe(0)
  })
})
