import { expect, test } from 'vitest'
import { Tensor } from '../base/tensor.js'
import { classOfRows, gatherLabels } from './labels.js'

const oneHot = new Tensor(Float32Array.of(0, 1, 0, 1, 0, 0), [2, 3])

test.each([
  ['[N]', new Tensor(Uint8Array.of(1, 0), [2])],
  ['[N, 1]', new Tensor(Int32Array.of(1, 0), [2, 1])],
  ['whole floats', new Tensor(Float32Array.of(1, 0), [2])],
])('class numbers as %s become one-hot rows', (_, y) => {
  expect([...gatherLabels(y, [0, 1], 3)]).toEqual([...oneHot.data])
})

test('one-hot rows are copied, in the order asked for', () => {
  expect([...gatherLabels(oneHot, [1, 0], 3)]).toEqual([1, 0, 0, 0, 1, 0])
})

test('with a single output, a column holds values', () => {
  expect([...gatherLabels(new Tensor(Float32Array.of(0.5, 7), [2]), [1, 0], 1)]).toEqual([7, 0.5])
})

test('memory given is cleared of the batch before, no further than the rows reach', () => {
  const into = new Float32Array(7).fill(1)
  gatherLabels(new Tensor(Uint8Array.of(2, 0), [2]), [0, 1], 3, into)
  expect([...into]).toEqual([0, 0, 1, 1, 0, 0, 1])
})

test('a label out of range is refused, with its row', () => {
  expect(() => gatherLabels(new Tensor(Uint8Array.of(0, 12), [2]), [0, 1], 10)).toThrow(
    'Labels: row 1 has label 12, but the last layer knows the classes 0 … 9.\n' +
      '  Set units: at least 13 in the last layer, or check the labels.',
  )
  expect(() => gatherLabels(new Tensor(Int32Array.of(-1), [1]), [0], 10)).toThrow(
    'row 0 has label -1, but the last layer knows the classes 0 … 9.\n  Number the classes from 0.',
  )
  expect(() => gatherLabels(new Tensor(Float32Array.of(Number.NaN), [1]), [0], 10)).toThrow('has label NaN')
})

test('rows of another width than the last layer are refused', () => {
  expect(() => gatherLabels(oneHot, [0], 10)).toThrow(
    'Labels: the last layer makes 10 values per row, but y is 2×3.\n' +
      '  Set units: 3 in the last layer, or give labels of 10 columns or class numbers.',
  )
})

test('the class of every row is found where there are classes, and only there', () => {
  expect(classOfRows(oneHot)).toEqual(Uint32Array.of(1, 0))
  expect(classOfRows(new Tensor(Uint8Array.of(3, 1), [2, 1]))).toEqual(Uint32Array.of(3, 1))
  expect(classOfRows(new Tensor(Float32Array.of(0.5, 1), [2]))).toBeNull()
  expect(classOfRows(new Tensor(Int32Array.of(1_000_000), [1]))).toBeNull()
  expect(classOfRows(new Tensor(Float32Array.of(1, 1), [1, 2]))).toBeNull()
  expect(classOfRows(new Tensor(Float32Array.of(0, 0), [1, 2]))).toBeNull()
  expect(classOfRows(new Tensor(Float32Array.of(0.3, 0.7), [1, 2]))).toBeNull()
})
