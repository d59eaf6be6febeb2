import { expect, test } from 'vitest'
import { Tensor } from './tensor.js'

test('a shape that does not hold the numbers is refused', () => {
  expect(() => new Tensor(new Float32Array(5), [2, 3])).toThrow(
    'Tensor: the shape 2×3 holds 6 numbers, but 5 came.',
  )
})

test('a slice is a view of some rows', () => {
  const x = new Tensor(Float32Array.of(1, 2, 3, 4, 5, 6), [3, 2], { scale: 2, offset: 1 })
  const rows = x.slice(1, 3)
  expect([rows.shape, [...rows.data], rows.scaling]).toEqual([[2, 2], [3, 4, 5, 6], x.scaling])
  rows.data[0] = 9
  expect(x.data[2]).toBe(9)
  expect(x.slice(3).shape).toEqual([0, 2])
})

test('scalings are composed: the later one is applied to what the earlier one gave', () => {
  const x = new Tensor(Uint8Array.of(0, 255), [2]).scaled(1 / 255, -0.5).scaled(2, 1)
  const { scale, offset } = x.scaling
  expect([0 * scale + offset, 255 * scale + offset]).toEqual([0, 2])
})

test('the type of the numbers has a name', () => {
  const types = [Uint8Array, Int32Array, Float32Array, Float64Array]
  expect(types.map(Type => new Tensor(new Type(1), [1]).dtype)).toEqual([
    'uint8',
    'int32',
    'float32',
    'float64',
  ])
})

test('the shape before the numbers, and numbers in a list, are refused', () => {
  const advice =
    'first a typed array, then its shape as a list, but something else came.\n  For example new Tensor(new Float32Array(6), [2, 3]).'
  expect(() => new Tensor([2, 3] as never, new Float32Array(6) as never)).toThrow(advice)
  expect(() => new Tensor([1, 2] as never, [2])).toThrow(advice)
  expect(() => new Tensor(new Float32Array(2), undefined as never)).toThrow(advice)
})
