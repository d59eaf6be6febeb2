import { expect, test } from 'vitest'
import { halfRadius, meanOf, type ShiftCell } from './shift-summary.js'

/** A map of ±3 whose cells are recognised by how far away they are. */
const cellsBy = (recognised: (distance: number) => number): ShiftCell[] =>
  Array.from({ length: 49 }, (_, i) => {
    const [dx, dy] = [(i % 7) - 3, Math.floor(i / 7) - 3]
    return { dx, dy, probability: 0, whole: 1, recognised: recognised(Math.sqrt(dx * dx + dy * dy)) }
  })

test('the first ring with less than half recognised', () => {
  expect(
    halfRadius(
      cellsBy(distance => (distance < 1.6 ? 1 : 0.4)),
      3,
    ),
  ).toBe(2)
  expect(
    halfRadius(
      cellsBy(() => 0.3),
      3,
    ),
  ).toBe(0)
  expect(
    halfRadius(
      cellsBy(() => 0.5),
      3,
    ),
  ).toBeNull()
})

test('every picture counts the same, however far it moves', () => {
  const mean = meanOf([
    { shifts: 10, recognised: 10, probability: 9 },
    { shifts: 2, recognised: 1, probability: 0.4 },
  ])
  expect(mean.recognised).toBe(0.75)
  expect(mean.probability).toBeCloseTo(0.55)
  expect(mean.standardError).toBeCloseTo(0.25)
  expect(mean.shifts).toBe(12)
  expect(meanOf([{ shifts: 4, recognised: 1, probability: 1 }]).standardError).toBeNaN()
})
