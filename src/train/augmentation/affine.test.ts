import { expect, test } from 'vitest'
import {
  type Affine,
  inTurn,
  mirrored,
  rotated,
  sheared,
  shifted,
  unmoved,
  upsideDown,
  zoomed,
} from './affine.js'

/** Where what is seen at (x, y) comes from. */
const from = ([a, b, c, d, e, f]: Affine, x: number, y: number) => [a * x + b * y + c, d * x + e * y + f]

test('a quarter turn brings the right side to the bottom: clockwise', () => {
  const [x, y] = from(rotated(0.25), 0, 1)
  expect(x).toBeCloseTo(1, 12)
  expect(y).toBeCloseTo(0, 12)
  expect(from(rotated(0.37), 0, 0)).toEqual([0, 0])
})

test('turning there and back, and a whole turn, change nothing', () => {
  for (const turns of [0.1, -0.2, 0.5])
    inTurn(rotated(turns), rotated(-turns)).forEach((value, i) => expect(value).toBeCloseTo(unmoved[i]!, 12))
  rotated(1).forEach((value, i) => expect(value).toBeCloseTo(unmoved[i]!, 12))
})

test('what is zoomed in twice as large at a place was at half the distance', () => {
  expect(from(zoomed(2), 6, -4)).toEqual([3, -2])
  expect(from(shifted(2, -1), 6, 4)).toEqual([4, 5])
  expect(from(sheared(0.5), 1, 2)).toEqual([2, 2])
  expect(from(sheared(0, 0.5), 2, 1)).toEqual([2, 2])
  expect(from(upsideDown, 2, 1)).toEqual([2, -1])
})

test('one after the other: the second shows what the first made', () => {
  expect(inTurn(shifted(3, 0), mirrored)).toEqual([-1, 0, -3, 0, 1, 0])
  expect(inTurn(mirrored, shifted(3, 0))).toEqual([-1, 0, 3, 0, 1, 0])
  const [one, other] = [rotated(0.1), sheared(0.3, -0.2)]
  const seen = from(other, 2, -5)
  from(inTurn(one, other), 2, -5).forEach((value, i) =>
    expect(value).toBeCloseTo(from(one, seen[0]!, seen[1]!)[i]!, 12),
  )
})
