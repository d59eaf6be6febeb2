import fc from 'fast-check'
import { expect, test } from 'vitest'
import { epochTicks, logTicks } from './frame.js'
import { leastCovered, spread } from './place-labels.js'
import { axisRange } from './range.js'

test('labels keep their distance and their order, within the frame', () => {
  expect(spread([50, 52, 200], 14, 0, 220)).toEqual([50, 64, 200])
  expect(spread([219, 218], 14, 0, 220)).toEqual([220, 206])
  const heights = fc.array(fc.double({ min: -50, max: 300, noNaN: true }), { maxLength: 8 })
  fc.assert(
    fc.property(heights, given => {
      const placed = spread(given, 14, 0, 220)
      const order = given.map((_, i) => i).sort((a, b) => given[a]! - given[b]!)
      order.slice(1).forEach((i, k) => expect(placed[i]! - placed[order[k]!]!).toBeGreaterThan(13.999))
      for (const y of placed) expect(y >= 0 && y <= 220).toBe(true)
    }),
  )
})

test('a text stands where the fewest curves are', () => {
  const box = (x: number, y: number) => ({ x, y, width: 20, height: 10 })
  const diagonal = [
    [0, 0],
    [100, 100],
  ] as const
  expect(leastCovered([box(40, 45), box(70, 10)], [diagonal])).toEqual(box(70, 10))
  expect(leastCovered([box(70, 10), box(10, 70)], [diagonal])).toEqual(box(70, 10))
})

test('epochs are whole numbers, with the first', () => {
  expect(epochTicks(1, 40)).toEqual([1, 10, 20, 30, 40])
  expect(epochTicks(1, 3)).toEqual([1, 2, 3])
  expect(epochTicks(1, 1)).toEqual([1])
  expect(epochTicks(1, 1000)).toEqual([1, 200, 400, 600, 800, 1000])
})

test('ticks of a logarithmic axis', () => {
  expect(logTicks(0.09, 2.5)).toEqual([0.1, 0.2, 0.5, 1, 2])
  expect(logTicks(1e-6, 10)).toEqual([1e-6, 1e-5, 1e-4, 1e-3, 0.01, 0.1, 1, 10])
})

test('axes begin at 0 or where the data does', () => {
  expect(axisRange([0.2, 0.93], { range: 'zero', most: 1 })).toEqual([0, 1])
  expect(axisRange([0.5, 1.5], { range: 'data' })).toEqual([0.45, 1.55])
  expect(axisRange([Number.NaN], { range: 'zero' })).toEqual([0, 1])
  expect(axisRange([-1, 1], { range: 'zero' })[0]).toBeLessThan(-1)
  const [low, high] = axisRange([0, 0.1, 2], { range: 'zero', log: true })
  expect([low, high]).toEqual([0.1 / 1.1, 2.2])
})
