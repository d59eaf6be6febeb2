import { expect, test } from 'vitest'
import { Tensor } from '../base/tensor.js'
import { gatherRows, scalingTable } from './batch.js'
import { gatherLabels } from './labels.js'

const pixels = new Tensor(
  Uint8Array.from({ length: 24 }, (_, i) => i * 10),
  [4, 2, 3],
).scaled(1 / 255, -0.5)
const labels = new Tensor(Uint8Array.of(1, 0, 1, 2), [4])

test('the tutorial scaling has the bits of byte / 255 - 0.5, for every byte', () => {
  const expected = Float32Array.from({ length: 256 }, (_, byte) => byte / 255 - 0.5)
  expect(scalingTable({ scale: 1 / 255, offset: -0.5 })).toEqual(expected)
})

test('a batch holds the rows asked for, in that order, scaled, with one-hot labels', () => {
  expect(gatherRows(pixels, [3, 0])).toEqual(
    Float32Array.from([180, 190, 200, 210, 220, 230, 0, 10, 20, 30, 40, 50], b => b / 255 - 0.5),
  )
  expect(gatherLabels(labels, [3, 0], 3)).toEqual(Float32Array.of(0, 0, 1, 0, 1, 0))
})

test('a row may come twice, and row numbers may be typed arrays', () => {
  expect([...gatherLabels(labels, Uint32Array.of(1, 1), 3)]).toEqual([1, 0, 0, 1, 0, 0])
})

test('floats are copied, and scaled where they have a scaling', () => {
  const x = new Tensor(Float64Array.of(1, 2, 3, 4), [2, 2])
  expect([...gatherRows(x, [1])]).toEqual([3, 4])
  expect([...gatherRows(x.scaled(10, 1), [1, 0])]).toEqual([31, 41, 11, 21])
})

test('memory given is written and what lies behind is left alone', () => {
  const into = new Float32Array(8).fill(9)
  expect(gatherRows(new Tensor(Float32Array.of(1, 2, 3, 4), [2, 2]), [1], into)).toBe(into)
  expect([...into]).toEqual([3, 4, 9, 9, 9, 9, 9, 9])
})

test.each([4, -1, 0.5, Number.NaN])('there is no row %s', row => {
  expect(() => gatherRows(pixels, [row])).toThrow(`Batch: there is no row ${row} in a tensor of 4×2×3.`)
})
