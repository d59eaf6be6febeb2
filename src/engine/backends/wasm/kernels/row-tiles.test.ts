import { expect, test } from 'vitest'
import { tileHeights } from './row-tiles.js'

test.each([4, 6, 8])('tiles of at most %i rows make up every count, and none is needlessly low', most => {
  for (let count = 1; count < 60; count++) {
    const heights = tileHeights(count, most)
    expect(heights.reduce((sum, height) => sum + height, 0)).toBe(count)
    expect(Math.max(...heights)).toBeLessThanOrEqual(most)
    // As few as there can be, but for a rest of 1 … 3 rows.
    expect(heights.length).toBe(Math.ceil(count / most))
  }
})

test('a low rest shares with the last full tile', () => {
  expect(tileHeights(64, 6)).toEqual([...new Array(10).fill(6), 4])
  expect(tileHeights(14, 6)).toEqual([6, 4, 4])
  expect(tileHeights(5, 6)).toEqual([5])
})
