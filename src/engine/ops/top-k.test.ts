import { expect, test } from 'vitest'
import { ShapeError } from '../../base/errors.js'
import { topK } from './top-k.js'

/** Whether class `wanted` is among the k largest of one row. */
function isHit(k: number, prediction: readonly number[], wanted: number): boolean {
  const target = Float64Array.from(prediction, (_, c) => (c === wanted ? 1 : 0))
  const shapes = [
    [1, prediction.length],
    [1, prediction.length],
  ]
  return (
    topK.meaning({ k }, [Float64Array.from(prediction), target], shapes, topK.shape({ k }, shapes))[0] === 1
  )
}

test('the largest is the first choice', () => {
  expect([0, 1, 2].map(wanted => isHit(1, [0.1, 0.7, 0.2], wanted))).toEqual([false, true, false])
  expect([0, 1, 2].map(wanted => isHit(2, [0.1, 0.7, 0.2], wanted))).toEqual([false, true, true])
  expect(isHit(5, [0.1, 0.7, 0.2], 0)).toBe(true)
})

test('ties go to the lower class', () => {
  expect([0, 1, 2].map(wanted => isHit(1, [0.5, 0.5, 0.5], wanted))).toEqual([true, false, false])
  expect([0, 1, 2].map(wanted => isHit(2, [0.5, 0.5, 0.5], wanted))).toEqual([true, true, false])
})

test('a row with a NaN is no hit, whatever k is', () => {
  expect(isHit(1, [0.1, 0.7, Number.NaN], 1)).toBe(false)
  expect(isHit(3, [Number.NaN, Number.NaN, Number.NaN], 0)).toBe(false)
})

test('rows are counted one by one', () => {
  const prediction = Float64Array.of(1, 0, 0, 1)
  const target = Float64Array.of(1, 0, 1, 0)
  expect([
    ...topK.meaning(
      { k: 1 },
      [prediction, target],
      [
        [2, 2],
        [2, 2],
      ],
      [2],
    ),
  ]).toEqual([1, 0])
})

test('k is a whole number from 1', () => {
  for (const k of [0, 1.5, Number.NaN])
    expect(() =>
      topK.shape({ k }, [
        [2, 2],
        [2, 2],
      ]),
    ).toThrow(new ShapeError(`topK: k must be a whole number from 1, but ${k} came.`))
})
