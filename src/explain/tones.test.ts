import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { toTones } from './tones.js'

const bytesOf = (tones: { readonly bytes: Uint8Array }) => [...tones.bytes]

describe('shift', () => {
  test('what lies in 0…255 stays as it is', () => {
    const tones = toTones([0, 17, 255])
    expect(bytesOf(tones)).toEqual([0, 17, 255])
    expect(tones).toMatchObject({ how: 'shift', shift: 0, ends: [0, 255], cutBelow: 0, cutAbove: 0 })
    expect(tones.sentence).toBe('Not shifted: all 3 values lie in 0…255.')
  })

  test('first shifts, by the least that cuts nothing off where that is possible', () => {
    const tones = toTones([-100, 0, 100])
    expect(tones).toMatchObject({ shift: 100, ends: [-100, 155], cutBelow: 0, cutAbove: 0 })
    expect(bytesOf(tones)).toEqual([0, 100, 200])
    expect(tones.sentence).toBe('Shifted by 100: all 3 values lie in 0…255.')
    expect(toTones([300, 400]).shift).toBe(-145)
  })

  test('then cuts off below 0 and above 255', () => {
    const tones = toTones([-1000, -50, 0, 100, 150, 900, 901])
    expect(tones).toMatchObject({ shift: 50, cutBelow: 1, cutAbove: 2 })
    expect(bytesOf(tones)).toEqual([0, 0, 50, 150, 200, 255, 255])
    expect(tones.sentence).toBe('Shifted by 50; 1 of 7 values below 0 and 2 above 255 were cut off.')
    expect(toTones([0, 300]).sentence).toBe('Not shifted; 1 of 2 values above 255 was cut off.')
  })

  test('of opposite shifts that cut off equally many it is the brighter one', () => {
    expect(toTones([-10, 265]).shift).toBe(10)
    expect(toTones([-10, -10, 265, 265, 127]).shift).toBe(10)
  })

  test('a unit says how many grey levels one is', () => {
    const tones = toTones([-0.5, 0, 0.5], { unit: 255 })
    expect(tones).toMatchObject({ shift: 127, cutBelow: 0, cutAbove: 0 })
    expect(tones.ends).toEqual([-127 / 255, 128 / 255])
    expect(bytesOf(tones)).toEqual([0, 127, 255])
    expect(tones.sentence).toBe('One stands for 255 grey levels. Shifted by 127: all 3 values lie in 0…255.')
  })

  test('no whole shift is better, and of the best none is nearer 0', () => {
    const level = fc.oneof(
      fc.integer({ min: -700, max: 700 }),
      fc.double({ min: -700, max: 700, noNaN: true }),
    )
    fc.assert(
      fc.property(fc.array(level, { minLength: 1, maxLength: 30 }), values => {
        const lost = (shift: number) =>
          values.filter(v => Math.round(v) < -shift || Math.round(v) > 255 - shift).length
        const all = Array.from({ length: 2001 }, (_, i) => i - 1000)
        const fewest = Math.min(...all.map(lost))
        const nearest = all
          .filter(s => lost(s) === fewest)
          .sort((a, b) => Math.abs(a) - Math.abs(b) || b - a)[0]
        const tones = toTones(values)
        expect(tones.shift).toBe(nearest! + 0)
        expect(tones.cutBelow + tones.cutAbove).toBe(fewest)
        expect(bytesOf(tones)).toEqual(
          values.map(v => Math.round(Math.min(255, Math.max(0, v + tones.shift!))) + 0),
        )
      }),
    )
  })

  test('a million numbers take no time worth waiting for', () => {
    const values = Float32Array.from({ length: 1_000_000 }, (_, i) => ((i * 7919) % 1201) - 600)
    const start = performance.now()
    expect(toTones(values).cutBelow).toBeGreaterThan(0)
    expect(performance.now() - start).toBeLessThan(5000)
  })
})

test('symmetric: 0 is mid grey, the largest magnitude an end', () => {
  const tones = toTones([-2, 0, 1, 2], { how: 'symmetric' })
  expect(bytesOf(tones)).toEqual([0, 128, 191, 255])
  expect(tones).toMatchObject({ shift: null, ends: [-2, 2] })
  expect(tones.sentence).toBe('0 is mid grey, -2 is black and 2 is white.')
  expect(bytesOf(toTones([0, 0], { how: 'symmetric' }))).toEqual([128, 128])
})

test('range: the smallest is black, the largest white', () => {
  const tones = toTones([-1, 0.5, 2], { how: 'range', unit: 255 })
  expect(bytesOf(tones)).toEqual([0, 128, 255])
  expect(tones.sentence).toBe('-1 is black and 2 is white.')
  expect(toTones([3, 3], { how: 'range' }).sentence).toBe('All values are 3, shown as mid grey.')
  expect(bytesOf(toTones([-1.5e308, 1.5e308], { how: 'range' }))).toEqual([0, 255])
})

test('nothing is nothing', () => {
  for (const how of ['shift', 'symmetric', 'range'] as const)
    expect(bytesOf(toTones([], { how }))).toEqual([])
})

test('says what it cannot show', () => {
  expect(() => toTones([1, Number.NaN])).toThrow('toTones: number 2 of 2 is NaN, which has no tone.')
  expect(() => toTones([1], { unit: 0 })).toThrow('toTones: unit should be a number above 0, but is 0.')
  // @ts-expect-error: a name nobody knows
  expect(() => toTones([1], { how: 'symetric' })).toThrow('Did you mean "symmetric"?')
})
