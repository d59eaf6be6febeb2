import { describe, expect, test } from 'vitest'
import { Random } from './random.js'
import { symmetricEigen } from './symmetric-eigen.js'

/** Aᵀ A of random numbers: symmetric, no eigenvalue below 0. */
function randomCovariance(n: number, seed: number): Float64Array {
  const random = new Random(seed, 'matrix')
  const a = Float64Array.from({ length: n * n }, () => random.normal())
  return Float64Array.from({ length: n * n }, (_, place) => {
    let sum = 0
    for (let k = 0; k < n; k++) sum += a[k * n + Math.floor(place / n)]! * a[k * n + (place % n)]!
    return sum
  })
}

const times = (matrix: Float64Array, vector: Float64Array): Float64Array =>
  vector.map((_, row) => vector.reduce((sum, x, k) => sum + matrix[row * vector.length + k]! * x, 0))

const dot = (a: Float64Array, b: Float64Array): number => a.reduce((sum, x, i) => sum + x * b[i]!, 0)

describe.each([1, 2, 12, 27, 48])('a random matrix of %i rows', n => {
  const matrix = randomCovariance(n, n)
  const pairs = symmetricEigen(matrix, n)
  const largest = pairs[0]!.value

  test('only stretches its eigenvectors', () => {
    for (const { value, vector } of pairs)
      times(matrix, vector).forEach((entry, i) =>
        expect(Math.abs(entry - value * vector[i]!)).toBeLessThan(1e-13 * n * largest),
      )
  })

  test('has them at right angles and of length 1', () => {
    pairs.forEach(({ vector }, i) =>
      pairs.forEach((other, j) =>
        expect(Math.abs(dot(vector, other.vector) - (i === j ? 1 : 0))).toBeLessThan(1e-13),
      ),
    )
  })

  test('gives the largest value first, and one of both directions', () => {
    const values = pairs.map(pair => pair.value)
    expect(values).toEqual([...values].sort((a, b) => b - a))
    for (const { vector } of pairs) {
      const [low, high] = [Math.min(...vector), Math.max(...vector)]
      expect(high).toBeGreaterThanOrEqual(-low)
    }
  })
})

test('known pairs of [[2, 1], [1, 2]]', () => {
  const [three, one] = symmetricEigen(Float64Array.of(2, 1, 1, 2), 2)
  expect(three!.value).toBeCloseTo(3, 14)
  expect(one!.value).toBeCloseTo(1, 14)
  expect([...three!.vector].map(x => x.toFixed(14))).toEqual(Array(2).fill(Math.SQRT1_2.toFixed(14)))
})

test('matrices without a preferred direction', () => {
  expect(symmetricEigen(new Float64Array(9), 3).map(pair => pair.value)).toEqual([0, 0, 0])
  expect(symmetricEigen(Float64Array.of(4, 0, 0, 4), 2)).toEqual([
    { value: 4, vector: Float64Array.of(1, 0) },
    { value: 4, vector: Float64Array.of(0, 1) },
  ])
})

test('leaves the given matrix as it was', () => {
  const matrix = Float64Array.of(2, 1, 1, 2)
  symmetricEigen(matrix, 2)
  expect(matrix).toEqual(Float64Array.of(2, 1, 1, 2))
})
