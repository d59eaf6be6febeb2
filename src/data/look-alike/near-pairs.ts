import type { DifferenceHash } from './difference-hash.js'

/** Bits in which two hashes may differ. */
export const nearWithin = 2

/** Bits of a hash are four blocks of 16; where at most two bits differ, two blocks or more are the same. */
const blockPairs = [
  [0, 1],
  [0, 2],
  [0, 3],
  [1, 2],
  [1, 3],
  [2, 3],
] as const

/**
 * Each is compared with so many that share two blocks with it, the next ones in the list. More share them only where very many
 * pictures are nearly the same; then some pairs are missed, and the time stays proportional to the number of pictures.
 */
const reach = 200

/**
 * Pairs of hashes that differ in at most two bits, each pair once, as places in the list, the smaller first. They are found
 * by sorting, not by comparing each with each: 100,000 hashes take a moment.
 */
export function* nearPairs(hashes: readonly DifferenceHash[]): Generator<readonly [number, number]> {
  for (const [pass, blocks] of blockPairs.entries())
    for (const run of runsOf(hashes, blocks)) yield* nearIn(run, hashes, pass)
}

function* nearIn(
  run: readonly number[],
  hashes: readonly DifferenceHash[],
  pass: number,
): Generator<readonly [number, number]> {
  for (const [place, i] of run.entries())
    for (const j of run.slice(place + 1, place + 1 + reach)) {
      const [high, low] = differences(hashes[i]!, hashes[j]!)
      if (bitsIn(high) + bitsIn(low) <= nearWithin && !foundBefore(high, low, pass)) yield [i, j]
    }
}

/** Places of hashes with the same two blocks, where there are several: smaller places first. */
function* runsOf(
  hashes: readonly DifferenceHash[],
  [a, b]: readonly [number, number],
): Generator<readonly number[]> {
  // The key has 32 bits and the place 21: together they fill the whole numbers of a float64.
  const keys = Float64Array.from(
    hashes,
    (hash, i) => (block(hash, a) * 2 ** 16 + block(hash, b)) * 2 ** 21 + i,
  ).sort()
  let run: number[] = []
  let last = -1
  for (const keyed of keys) {
    const key = Math.floor(keyed / 2 ** 21)
    if (key !== last && run.length > 0) {
      if (run.length > 1) yield run
      run = []
    }
    last = key
    run.push(keyed % 2 ** 21)
  }
  if (run.length > 1) yield run
}

const block = ({ high, low }: DifferenceHash, i: number): number =>
  ((i < 2 ? low : high) >>> (16 * (i & 1))) & 0xffff

const differences = (a: DifferenceHash, b: DifferenceHash): readonly [high: number, low: number] => [
  (a.high ^ b.high) >>> 0,
  (a.low ^ b.low) >>> 0,
]

/** Whether an earlier pass has seen this pair: two blocks it went by are the same. */
const foundBefore = (high: number, low: number, pass: number): boolean =>
  blockPairs.slice(0, pass).some(([a, b]) => block({ high, low }, a) === 0 && block({ high, low }, b) === 0)

function bitsIn(word: number): number {
  let [rest, bits] = [word, 0]
  for (; rest !== 0 && bits <= nearWithin; bits++) rest &= rest - 1
  return bits
}
