import fc from 'fast-check'
import { expect, test } from 'vitest'
import { padding } from './padding.js'

test("the tutorial's picture of 5×5 and filter of 3×3", () => {
  const { valid, same } = padding()
  expect(valid).toMatchObject({ output: [3, 3], dropped: [0, 0], last: [2, 2] })
  expect(valid.formulas).toEqual(['D − N + 1 = 5 − 3 + 1 = 3'])
  expect(same).toMatchObject({ output: [5, 5], pad: { top: 1, bottom: 1, left: 1, right: 1 } })
  expect(same.formulas).toEqual(['⌈D / s⌉ = ⌈5 / 1⌉ = 5'])
})

test('of an even filter the odd row and column of zeros go to the bottom and right', () => {
  expect(padding({ kernel: 2 }).same.pad).toEqual({ top: 0, bottom: 1, left: 0, right: 1 })
  expect(padding({ kernel: 4 }).same.pad).toEqual({ top: 1, bottom: 2, left: 1, right: 2 })
})

test('strides', () => {
  const { valid, same } = padding({ size: 6, kernel: 3, strides: 2 })
  expect(valid).toMatchObject({ output: [2, 2], dropped: [1, 1], last: [2, 2] })
  expect(valid.formulas).toEqual(['⌊(D − N) / s⌋ + 1 = ⌊(6 − 3) / 2⌋ + 1 = 2'])
  expect(same.formulas).toEqual(['⌈D / s⌉ = ⌈6 / 2⌉ = 3'])
})

test('axes that differ have a line each', () => {
  expect(padding({ size: [5, 7], kernel: [3, 2] }).valid.formulas).toEqual([
    'height: D − N + 1 = 5 − 3 + 1 = 3',
    'width: D − N + 1 = 7 − 2 + 1 = 6',
  ])
})

test('what the formulas say is what counting says', () => {
  const one = fc.integer({ min: 1, max: 12 })
  fc.assert(
    fc.property(one, one, fc.integer({ min: 1, max: 4 }), (size, kernel, strides) => {
      fc.pre(kernel <= size)
      const { valid, same } = padding({ size, kernel, strides })
      const places = Array.from({ length: size }, (_, at) => at).filter(at => at % strides === 0)
      const whole = places.filter(at => at + kernel <= size)
      expect(valid.output[0]).toBe(whole.length)
      expect(valid.dropped[0]).toBe(size - (whole.at(-1)! + kernel))
      expect(same.output[0]).toBe(places.length)
      expect(valid.formulas[0]!.endsWith(` = ${whole.length}`)).toBe(true)
      expect(same.formulas[0]!.endsWith(` = ${places.length}`)).toBe(true)
      expect(same.pad.bottom - same.pad.top).toBeGreaterThanOrEqual(0)
      expect(same.pad.bottom - same.pad.top).toBeLessThanOrEqual(1)
    }),
  )
})

test('says which filter does not fit', () => {
  expect(() => padding({ kernel: 7 })).toThrow(
    'padding: a filter of 7×7 does not fit a picture of 5×5.\n  Give a filter of at most 5×5.',
  )
  expect(() => padding({ strides: 0.5 })).toThrow('padding: strides should be one or two whole numbers')
})
