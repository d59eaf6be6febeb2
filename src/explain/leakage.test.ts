import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Random } from '../base/random.js'
import { Tensor } from '../base/tensor.js'
import { shapes } from '../data/sets/shapes.js'
import { sharedPictures } from './leakage.js'

/** Rows as texts: what is equal can be counted with a Set. */
function countAsTexts({ data, rows }: Tensor<Uint8Array>, at: number): number {
  const length = data.length / rows
  const text = (row: number) => data.subarray(row * length, (row + 1) * length).join()
  const seen = new Set(Array.from({ length: at }, (_, row) => text(row)))
  return Array.from({ length: rows - at }, (_, i) => text(at + i)).filter(row => seen.has(row)).length
}

const pictures = (rows: number, side: number, draw: (i: number) => number): Tensor<Uint8Array> =>
  new Tensor(
    Uint8Array.from({ length: rows * side * side }, (_, i) => draw(i)),
    [rows, side, side, 1],
  )

test('copies are found with the rows they stand in; a picture that differs in one byte is none', () => {
  const random = new Random(1, 'noise')
  const x = pictures(100, 5, () => Math.floor(256 * random.uniform()))
  const copy = (from: number, to: number) => x.data.copyWithin(to * 25, from * 25, (from + 1) * 25)
  copy(7, 80)
  copy(7, 95)
  copy(79, 99)
  copy(3, 90)
  x.data[90 * 25 + 24]! ^= 1
  // Twice among the validation rows only.
  copy(85, 86)
  expect(sharedPictures(x, 80)).toEqual({
    rows: 3,
    of: 20,
    examples: [
      { validation: 80, training: 7 },
      { validation: 95, training: 7 },
      { validation: 99, training: 79 },
    ],
  })
})

test('as many as texts of the rows say, whatever the rows are', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 8, maxLength: 200 }), numbers => {
      const rows = Math.floor(numbers.length / 4)
      const x = new Tensor(Uint8Array.from(numbers.slice(0, rows * 4)), [rows, 2, 2, 1])
      for (let at = 1; at < rows; at++) expect(sharedPictures(x, at).rows).toBe(countAsTexts(x, at))
    }),
  )
})

test('pictures of equal hash are told apart by their bytes', () => {
  // The hash by its definition, to look for two rows that share it.
  const hashOf = (bytes: readonly number[]) =>
    bytes.reduce((hash, byte) => Math.imul(hash ^ byte, 16777619), 2166136261 | 0)
  const random = new Random(2, 'noise')
  const seen = new Map<number, number[]>()
  let pair: number[][] = []
  while (pair.length === 0) {
    const row = Array.from({ length: 6 }, () => Math.floor(256 * random.uniform()))
    const other = seen.get(hashOf(row))
    if (other && other.join() !== row.join()) pair = [other, row]
    seen.set(hashOf(row), row)
  }
  const [a, b] = pair as [number[], number[]]
  const of = (...rows: number[][]) => new Tensor(Uint8Array.from(rows.flat()), [rows.length, 6, 1, 1])
  expect(sharedPictures(of(a, b), 1).rows).toBe(0)
  expect(sharedPictures(of(a, b, b, a), 2).examples).toEqual([
    { validation: 2, training: 1 },
    { validation: 3, training: 0 },
  ])
})

test('no more than ten examples; a training part of one picture many times is quick', () => {
  const { rows, examples } = sharedPictures(
    pictures(20_000, 8, () => 9),
    16_000,
  )
  expect(rows).toBe(4000)
  expect(examples).toHaveLength(10)
  expect(examples.every(({ training }) => training === 0)).toBe(true)
})

test('a part of a larger tensor, at an odd place in memory', () => {
  const data = Uint8Array.from([0, 0, 0, 1, 2, 3, 9, 9, 9, 1, 2, 3]).subarray(3)
  expect(sharedPictures(new Tensor(data, [3, 3, 1, 1]), 1).examples).toEqual([{ validation: 2, training: 0 }])
})

test('no shape is drawn twice', () => {
  const { x } = shapes().train
  expect(sharedPictures(x, 3200)).toEqual({ rows: 0, of: 800, examples: [] })
  expect(countAsTexts(x, 3200)).toBe(0)
})

test.each([0, 4, 1.5, Number.NaN])('a split at %d of 4 rows is refused', at => {
  expect(() =>
    sharedPictures(
      pictures(4, 2, i => i),
      at,
    ),
  ).toThrow(`sharedPictures: at should be the first validation row, 1 to 3 of 4, but is ${at}.`)
})
