import { expect, test } from 'vitest'
import { clip, normFactor, scaleBy } from './norms.js'

const numbers = (...values: number[]) => Float64Array.from(values)

test('scaleBy multiplies by a value', () => {
  expect([...scaleBy.meaning({}, [numbers(1, -2), numbers(0.5)], [[2], [1]], [2])]).toEqual([0.5, -1])
  expect(scaleBy.inPlace).toBe(0)
  expect(() => scaleBy.shape({}, [[2], [2]])).toThrow('scaleBy: factor must be 1, but 2 came.')
})

test('clip keeps numbers within the limit, and NaN as it is', () => {
  const y = clip.meaning({ limit: 2 }, [numbers(1, -3, 9, Number.NaN)], [[4]], [4])
  expect([...y]).toEqual([1, -2, 2, Number.NaN])
})

test('normFactor brings a norm to a length, or only below it', () => {
  const squares = [numbers(9), numbers(16)]
  const factor = (norm: number, least: number) =>
    normFactor.meaning({ norm, least }, squares, [[1], [1]], [1])[0]
  expect(factor(10, 1e-7)).toBe(2)
  expect(factor(10, 10)).toBe(1)
  expect(factor(1, 1)).toBe(0.2)
})

test('normFactor takes sums only, and at least one', () => {
  expect(normFactor.shape({ norm: 1, least: 1 }, [[1], [1], [1]])).toEqual([1])
  expect(() => normFactor.shape({ norm: 1, least: 1 }, [[1], [2]])).toThrow(
    'normFactor: sum 1 must be 1, but 2 came.',
  )
  expect(() => normFactor.shape({ norm: 1, least: 1 }, [])).toThrow('at least one sum must come')
})
