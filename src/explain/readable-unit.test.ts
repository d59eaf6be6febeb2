import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readableUnit } from './readable-unit.js'

test('round units that fit', () => {
  expect(readableUnit([0.5, -0.2])).toBe(500) // 0.5 · 500 = 250
  expect(readableUnit([1, 0])).toBe(200)
  expect(readableUnit([0.255])).toBe(1000)
  expect(readableUnit([0.2551])).toBe(500)
  expect(readableUnit([3000])).toBe(0.05)
  expect(readableUnit([0, 0])).toBe(255)
  expect(readableUnit([])).toBe(255)
})

test('one peak among many does not darken all', () => {
  const values = Array.from({ length: 300 }, () => 0.1)
  expect(readableUnit([...values, 50])).toBe(2000)
})

test('99 of 100 stay within 255 levels, and twice and a half as much would be too much', () => {
  const numbers = fc.array(fc.double({ min: 1e-6, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 400 })
  fc.assert(
    fc.property(numbers, values => {
      const unit = readableUnit(values)
      const share = (scale: number) =>
        values.filter(value => value * scale <= 255 * (1 + 1e-12)).length / values.length
      expect(share(unit)).toBeGreaterThanOrEqual(0.99)
      expect(share(unit * 2.5 * (1 + 1e-9))).toBeLessThan(0.99)
    }),
  )
})
