import { expect, test } from 'vitest'
import { figures } from './figures.js'

const everywhere = Array.from(
  { length: 61 * 61 },
  (_, i) => [(i % 61) / 20 - 1.5, Math.floor(i / 61) / 20 - 1.5] as const,
)
const all = Object.entries(figures)

test.each(
  all,
)('%s lies within 1.3 of the middle and covers between a tenth and most of its square', (_, figure) => {
  const inside = everywhere.filter(([x, y]) => figure(x, y) < 0)
  expect(Math.max(...inside.map(([x, y]) => Math.sqrt(x * x + y * y)))).toBeLessThan(1.3)
  const area = inside.length / 400
  expect(area).toBeGreaterThan(0.9)
  expect(area).toBeLessThan(3.2)
})

test.each(all)('%s has a distance that changes no faster than the place does', (_, figure) => {
  for (const [x, y] of everywhere) {
    expect(Math.abs(figure(x + 0.05, y) - figure(x, y))).toBeLessThanOrEqual(0.05 + 1e-12)
    expect(Math.abs(figure(x, y + 0.05) - figure(x, y))).toBeLessThanOrEqual(0.05 + 1e-12)
  }
})

test('a star has five equal arms', () => {
  const along = (angle: number) => figures.star(0.9 * Math.sin(angle), -0.9 * Math.cos(angle))
  const fifth = (2 * Math.PI) / 5
  for (let arm = 1; arm < 5; arm++) expect(along(arm * fifth)).toBeCloseTo(along(0), 10)
  expect(along(0)).toBeLessThan(0)
  expect(along(fifth / 2)).toBeGreaterThan(0)
})

test('known distances', () => {
  expect(figures.square(2, 0)).toBeCloseTo(1.15)
  expect(figures.square(0, 0)).toBeCloseTo(-0.85)
  expect(figures.disc(3, 4)).toBeCloseTo(4.05)
  expect(figures.ring(0, 0)).toBeCloseTo(0.56)
  expect(figures.cross(1.08, 1.08)).toBeCloseTo(0.75)
})
