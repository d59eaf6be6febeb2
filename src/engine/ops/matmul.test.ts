import { expect, test } from 'vitest'
import { ShapeError } from '../../base/errors.js'
import { matmul } from './matmul.js'

const a = { plain: [1, 2, 3, 4, 5, 6], transposed: [1, 4, 2, 5, 3, 6] }
const b = { plain: [7, 8, 9, 10, 11, 12], transposed: [7, 9, 11, 8, 10, 12] }

test.each([
  [false, false],
  [false, true],
  [true, false],
  [true, true],
])('the same product whether the factors are transposed or not (%s, %s)', (transposeA, transposeB) => {
  const attributes = { transposeA, transposeB }
  const inputs = [
    Float64Array.from(transposeA ? a.transposed : a.plain),
    Float64Array.from(transposeB ? b.transposed : b.plain),
  ]
  const shapes = [transposeA ? [3, 2] : [2, 3], transposeB ? [2, 3] : [3, 2]]
  const output = matmul.shape(attributes, shapes)
  expect(output).toEqual([2, 2])
  expect([...matmul.meaning(attributes, inputs, shapes, output)]).toEqual([58, 64, 139, 154])
})

test('an epilogue adds the bias to each row and applies the activation', () => {
  const epilogue = { bias: true, activation: { kind: 'relu', alpha: 0 } } as const
  const attributes = { transposeA: false, transposeB: false, epilogue }
  const shapes = [[2, 3], [3, 2], [2]]
  const inputs = [Float64Array.from(a.plain), Float64Array.from(b.plain), Float64Array.of(-100, 1)]
  const y = matmul.meaning(attributes, inputs, shapes, matmul.shape(attributes, shapes))
  expect([...y]).toEqual([0, 65, 39, 155])
})

test('says what does not fit', () => {
  const attributes = { transposeA: false, transposeB: false }
  expect(() =>
    matmul.shape(attributes, [
      [2, 3],
      [4, 5],
    ]),
  ).toThrow(new ShapeError('matmul: a 2×3 gives 3 columns, but b 4×5 has 4 rows.'))
  expect(() =>
    matmul.shape(attributes, [
      [2, 3, 1],
      [4, 5],
    ]),
  ).toThrow(new ShapeError('matmul: a must be [M, K], but 2×3×1 came.'))
  expect(() => matmul.shape(attributes, [[2, 3]])).toThrow(
    new ShapeError('matmul: the inputs must be (a, b), but 1 came.'),
  )
})

test('a fused product is not differentiated: that comes before', () => {
  const epilogue = { bias: false, activation: { kind: 'gelu', alpha: 0 } } as const
  const value = (id: number, ...shape: number[]) => ({ id, shape })
  const node = {
    attributes: { transposeA: false, transposeB: false, epilogue },
    inputs: [value(0, 2, 3), value(1, 3, 5)],
    output: value(2, 2, 5),
  }
  const recorder = { apply: () => value(3) }
  expect(() => matmul.gradient!(recorder, node, value(4, 2, 5))).toThrow('differentiate first')
})
