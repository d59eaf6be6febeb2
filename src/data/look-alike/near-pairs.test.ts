import { expect, test } from 'vitest'
import { Random } from '../../base/random.js'
import type { DifferenceHash } from './difference-hash.js'
import { Groups } from './groups.js'
import { nearPairs } from './near-pairs.js'

const random = new Random(7, 'near pairs')
const anyHash = (): DifferenceHash => ({ high: random.uint32(), low: random.uint32() })

/** With some bits turned round. */
function flipped({ high, low }: DifferenceHash, ...bits: readonly number[]): DifferenceHash {
  const words = [low, high]
  for (const bit of bits) words[bit >> 5] = (words[bit >> 5]! ^ (1 << (bit & 31))) >>> 0
  return { high: words[1]!, low: words[0]! }
}

const distance = (a: DifferenceHash, b: DifferenceHash): number =>
  [a.high ^ b.high, a.low ^ b.low]
    .map(word => (word >>> 0).toString(2).replaceAll('0', '').length)
    .reduce((sum, bits) => sum + bits, 0)

test('every pair of at most two different bits is found, once, wherever the bits are', () => {
  const one = anyHash()
  for (let a = 0; a < 64; a++)
    for (let b = a; b < 64; b += 5) {
      expect([...nearPairs([one, flipped(one, a, b)])]).toEqual([[0, 1]])
      const third = (b + 1) % 64
      if (b !== a && third !== a) expect([...nearPairs([one, flipped(one, a, b, third)])]).toEqual([])
    }
  expect([...nearPairs([one, one, one])]).toEqual([
    [0, 1],
    [0, 2],
    [1, 2],
  ])
})

test('the same pairs as comparing each with each gives', () => {
  const seeds = Array.from({ length: 12 }, anyHash)
  const hashes = Array.from({ length: 400 }, () => {
    const bits = Array.from({ length: random.integer(4) }, () => random.integer(64))
    return random.integer(3) === 0 ? anyHash() : flipped(seeds[random.integer(12)]!, ...bits)
  })
  const expected: string[] = []
  for (let i = 0; i < hashes.length; i++)
    for (let j = i + 1; j < hashes.length; j++)
      if (distance(hashes[i]!, hashes[j]!) <= 2) expected.push(`${i} ${j}`)
  expect(expected.length).toBeGreaterThan(100)
  expect([...nearPairs(hashes)].map(pair => pair.join(' ')).sort()).toEqual(expected.sort())
})

test('no hash, and one, have no pairs', () => {
  expect([...nearPairs([])]).toEqual([])
  expect([...nearPairs([anyHash()])]).toEqual([])
})

test('where very many are the same each is compared with the next 200, not with all', () => {
  const same = anyHash()
  const count = 2000
  const pairs = [...nearPairs(Array.from({ length: count }, () => same))]
  expect(pairs).toHaveLength(count * 200 - (200 * 201) / 2)
  expect(Math.max(...pairs.slice(0, 1000).map(([i, j]) => j - i))).toBe(200)
})

test('groups grow by pairs', () => {
  const groups = new Groups(6)
  for (const [a, b] of [
    [4, 1],
    [1, 5],
    [2, 3],
  ] as const)
    groups.join(a, b)
  expect(groups.several()).toEqual([
    [1, 4, 5],
    [2, 3],
  ])
  expect([groups.together(5, 4), groups.together(0, 1)]).toEqual([true, false])
})
