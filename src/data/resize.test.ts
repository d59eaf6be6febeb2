import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Tensor } from '../base/tensor.js'
import { resizePicture, triangleFilter } from './resize.js'

const grey = (rows: number[][]) =>
  new Tensor(Uint8Array.from(rows.flat()), [rows.length, rows[0]!.length, 1] as const)

test('half the size is a weighted mean of four pixels: 1 3 3 1 eighths', () => {
  const row = grey([[0, 0, 80, 160, 0, 0]])
  // The middle pixel covers 2 and 3 with weight 3/8 each, 1 and 4 with 1/8.
  expect([...resizePicture(row, 1, 3).data]).toEqual(
    [80 / 7, (3 * 80 + 3 * 160) / 8, 160 / 7].map(Math.round),
  )
})

test('twice the size interpolates between pixel centres', () => {
  expect([...resizePicture(grey([[0, 100]]), 1, 4).data]).toEqual([0, 25, 75, 100])
  expect([...resizePicture(grey([[0], [100]]), 4, 1).data]).toEqual([0, 25, 75, 100])
})

test('channels do not mix, rows and columns both count', () => {
  const picture = new Tensor(Uint8Array.of(0, 200, 100, 200, 0, 0, 100, 0), [2, 2, 2])
  expect(resizePicture(picture, 1, 1)).toEqual(new Tensor(Uint8Array.of(50, 100), [1, 1, 2]))
})

test('the same size gives the same picture', () => {
  const picture = grey([
    [1, 2],
    [3, 4],
  ])
  expect(resizePicture(picture, 2, 2)).toBe(picture)
})

test('every target pixel has weights that sum to 1 and lie within the source', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 200 }), fc.integer({ min: 1, max: 200 }), (from, to) => {
      const taps = triangleFilter(from, to)
      expect(taps).toHaveLength(to)
      for (const { first, weights } of taps) {
        expect(first).toBeGreaterThanOrEqual(0)
        expect(first + weights.length).toBeLessThanOrEqual(from)
        expect(weights.every(weight => weight >= 0)).toBe(true)
        expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 12)
      }
    }),
  )
})

test('one colour stays that colour at any size', () => {
  fc.assert(
    fc.property(
      fc.nat(255),
      fc.integer({ min: 1, max: 40 }),
      fc.integer({ min: 1, max: 40 }),
      (value, h, w) => {
        const picture = new Tensor(new Uint8Array(9 * 7 * 3).fill(value), [9, 7, 3])
        expect(new Set(resizePicture(picture, h, w).data)).toEqual(new Set([value]))
      },
    ),
  )
})
