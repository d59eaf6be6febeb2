import { expect, test } from 'vitest'
import { ShapeError } from '../../base/errors.js'
import { concatenate } from './concatenate.js'
import { pad } from './pad.js'
import { slice } from './slice.js'

const counting = (length: number, from = 0) => Float64Array.from({ length }, (_, i) => from + i)

test('joins channels pixel by pixel', () => {
  const shapes = [
    [1, 2, 1],
    [1, 2, 2],
  ]
  const output = concatenate.shape({ axis: 2 }, shapes)
  expect(output).toEqual([1, 2, 3])
  const y = concatenate.meaning({ axis: 2 }, [counting(2), counting(4, 10)], shapes, output)
  expect([...y]).toEqual([0, 10, 11, 1, 12, 13])
})

test('joins rows one after the other', () => {
  const shapes = [
    [1, 2],
    [2, 2],
  ]
  const y = concatenate.meaning({ axis: 0 }, [counting(2), counting(4, 10)], shapes, [3, 2])
  expect([...y]).toEqual([0, 1, 10, 11, 12, 13])
})

test('a slice is the block that was asked for', () => {
  const block = { begin: [0, 1, 1], size: [2, 1, 2] }
  const y = slice.meaning(block, [counting(12)], [[2, 2, 3]], slice.shape(block, [[2, 2, 3]]))
  expect([...y]).toEqual([4, 5, 10, 11])
})

test('padding puts zeros around', () => {
  const zeros = { before: [1, 0], after: [0, 2] }
  const output = pad.shape(zeros, [[1, 2]])
  expect(output).toEqual([2, 4])
  expect([...pad.meaning(zeros, [Float64Array.of(5, 6)], [[1, 2]], output)]).toEqual([0, 0, 0, 0, 5, 6, 0, 0])
})

test('says what does not fit', () => {
  expect(() =>
    concatenate.shape({ axis: 2 }, [
      [2, 3, 4],
      [2, 5, 4],
    ]),
  ).toThrow(new ShapeError('concatenate: input 1 must be 2×3×4, but 2×5×4 came.'))
  expect(() => concatenate.shape({ axis: 3 }, [[2, 3, 4]])).toThrow(
    new ShapeError('concatenate: axis 3 is not an axis of 2×3×4.'),
  )
  expect(() => concatenate.shape({ axis: 0 }, [])).toThrow('at least one input')
  expect(() => slice.shape({ begin: [1, 0], size: [2, 2] }, [[2, 2]])).toThrow(
    new ShapeError('slice: 2×2 from [1, 0] on does not lie within 2×2.'),
  )
  expect(() => pad.shape({ before: [-1, 0], after: [0, 0] }, [[2, 2]])).toThrow('before [-1, 0]')
})
