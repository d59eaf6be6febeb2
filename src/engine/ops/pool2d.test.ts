import { describe, expect, test } from 'vitest'
import { ShapeError } from '../../base/errors.js'
import type { PoolKind } from './attributes.js'
import { pool2d, pool2dGradient } from './pool2d.js'
import { type Padding, padFor } from './window.js'

const counting = Float64Array.from({ length: 25 }, (_, i) => i)

function poolOf(kind: PoolKind, side: number, kernel: number, stride: number, padding: Padding) {
  const sizes = { kernel: [kernel, kernel], strides: [stride, stride], dilation: [1, 1] } as const
  return { ...sizes, pad: padFor([side, side], sizes, padding), kind }
}

function pooled(pool: ReturnType<typeof poolOf>, x: Float64Array): number[] {
  const side = Math.sqrt(x.length)
  const shapes = [[1, side, side, 1]]
  return [...pool2d.meaning(pool, [x], shapes, pool2d.shape(pool, shapes))]
}

/** dx for a dy of ones. */
function gradientOf(pool: ReturnType<typeof poolOf>, x: Float64Array): number[] {
  const side = Math.sqrt(x.length)
  const input = [1, side, side, 1]
  const output = pool2d.shape(pool, [input])
  const dy = new Float64Array(output[1]! * output[2]!).fill(1)
  return [...pool2dGradient.meaning(pool, [dy, x], [output, input], input)]
}

describe('Keras’ numbers (facts C5)', () => {
  test('average with same padding counts real cells only', () => {
    expect(pooled(poolOf('average', 5, 2, 2, 'same'), counting)).toEqual([
      3, 5, 6.5, 13, 15, 16.5, 20.5, 22.5, 24,
    ])
  })

  test('padding never wins: the largest of negative numbers stays negative', () => {
    const negative = counting.map(value => -(value + 1))
    expect(pooled(poolOf('max', 5, 2, 2, 'same'), negative)).toEqual([
      -1, -3, -5, -11, -13, -15, -21, -23, -25,
    ])
  })

  test('valid drops the odd row and column', () => {
    expect(pooled(poolOf('max', 5, 2, 2, 'valid'), counting)).toEqual([6, 8, 16, 18])
  })
})

test('min is the largest of the negated numbers, negated', () => {
  const pool = poolOf('min', 5, 3, 2, 'same')
  const mirrored = pooled(
    { ...pool, kind: 'max' },
    counting.map(value => -value),
  )
  expect(pooled(pool, counting)).toEqual(mirrored.map(value => 0 - value))
})

describe('ties', () => {
  const equal = new Float64Array(9).fill(7)

  test.each(['max', 'min'] as const)('the gradient of %s goes to the first cell, row by row', kind => {
    expect(gradientOf(poolOf(kind, 3, 3, 3, 'valid'), equal)).toEqual([1, 0, 0, 0, 0, 0, 0, 0, 0])
    expect(gradientOf(poolOf(kind, 3, 2, 1, 'valid'), equal)).toEqual([1, 1, 0, 1, 1, 0, 0, 0, 0])
  })

  test('infinities are numbers like others', () => {
    const low = new Float64Array(9).fill(Number.NEGATIVE_INFINITY)
    expect(pooled(poolOf('max', 3, 3, 3, 'valid'), low)).toEqual([Number.NEGATIVE_INFINITY])
    expect(gradientOf(poolOf('max', 3, 3, 3, 'valid'), low)[0]).toBe(1)
  })
})

test('a NaN in the window is passed on', () => {
  const x = new Float64Array(9)
  x[4] = Number.NaN
  for (const kind of ['max', 'average', 'min'] as const)
    expect(pooled(poolOf(kind, 3, 3, 3, 'valid'), x)).toEqual([Number.NaN])
})

test('a window that lies wholly in padding gives 0 and has no gradient', () => {
  for (const kind of ['max', 'average', 'min'] as const) {
    const pool = { ...poolOf(kind, 1, 1, 1, 'valid'), pad: { top: 0, bottom: 1, left: 0, right: 0 } }
    const shapes = [[1, 1, 1, 1]]
    expect([...pool2d.meaning(pool, [Float64Array.of(5)], shapes, [1, 2, 1, 1])]).toEqual([5, 0])
    const dx = pool2dGradient.meaning(
      pool,
      [Float64Array.of(2, 3), Float64Array.of(5)],
      [[1, 2, 1, 1], ...shapes],
      [1, 1, 1, 1],
    )
    expect([...dx]).toEqual([2])
  }
})

test('says which gradient does not fit', () => {
  const pool = poolOf('max', 4, 2, 2, 'valid')
  expect(() =>
    pool2dGradient.shape(pool, [
      [1, 3, 2, 5],
      [1, 4, 4, 5],
    ]),
  ).toThrow(new ShapeError('pool2dGradient: dy must be 1×2×2×5, but 1×3×2×5 came.'))
})
