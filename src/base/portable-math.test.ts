import fc from 'fast-check'
import { expect, test } from 'vitest'
import { cosineOfTurns, exp, log, power, wholePower } from './portable-math.js'

const bitsOf = (x: number): string => new BigUint64Array(Float64Array.of(x).buffer)[0]!.toString(16)

test('log is that of the engine up to two last bits', () => {
  fc.assert(
    fc.property(fc.double({ min: 2 ** -40, max: 2 ** 40, noNaN: true }), x => {
      const expected = Math.log(x)
      expect(Math.abs(log(x) - expected)).toBeLessThanOrEqual(
        2 ** -51 * Math.abs(expected) + 2 ** -53 * 2 ** -50,
      )
    }),
  )
  expect(log(1)).toBe(0)
})

test('the cosine of turns is that of the engine up to the rounding of its angle', () => {
  fc.assert(
    fc.property(fc.double({ min: 0, max: 1, noNaN: true }), turns => {
      // The engine is given an angle that is rounded twice, up to 2π: both roundings move the cosine.
      expect(Math.abs(cosineOfTurns(turns) - Math.cos(2 * Math.PI * turns))).toBeLessThanOrEqual(2 ** -50)
    }),
  )
  expect([0, 0.25, 0.5, 0.75, 1].map(cosineOfTurns).map(value => value + 0)).toEqual([1, 0, -1, 0, 1])
})

test('whole powers are those of the engine up to a rounding for each factor', () => {
  fc.assert(
    fc.property(fc.double({ min: 0.1, max: 1, noNaN: true }), fc.nat(5000), (base, exponent) => {
      const expected = base ** exponent
      const bound = (exponent + 1) * 2 ** -52 * expected + Number.MIN_VALUE * (exponent + 1)
      expect(Math.abs(wholePower(base, exponent) - expected)).toBeLessThanOrEqual(bound)
    }),
  )
  expect(wholePower(0, 0)).toBe(1)
  expect(wholePower(0.5, 7)).toBe(2 ** -7)
})

test('exp is that of the engine up to two last bits, over everything float64 can hold', () => {
  fc.assert(
    fc.property(fc.double({ min: -700, max: 709, noNaN: true }), x => {
      const expected = Math.exp(x)
      expect(Math.abs(exp(x) - expected)).toBeLessThanOrEqual(2 ** -51 * expected)
    }),
  )
  expect([exp(0), exp(-1e9), exp(1e9), exp(Number.NaN)]).toEqual([1, 0, Number.POSITIVE_INFINITY, Number.NaN])
  expect(exp(-744) / Math.exp(-744)).toBeCloseTo(1, 0)
})

test('powers are those of the engine, whole exponents or not', () => {
  const bases = fc.double({ min: 1e-6, max: 1e3, noNaN: true })
  fc.assert(
    fc.property(bases, fc.double({ min: -10, max: 10, noNaN: true }), (base, exponent) => {
      const expected = base ** exponent
      // The rounding of exponent · log(base) is raised to a relative error by exp.
      expect(Math.abs(power(base, exponent) - expected)).toBeLessThanOrEqual(2 ** -44 * expected)
    }),
  )
  expect([power(0, 0.5), power(0, 0), power(0, -1)]).toEqual([0, 1, Number.POSITIVE_INFINITY])
  expect(power(0.5, 3)).toBe(0.125)
})

test('the bits never change: they are saved runs depend on them', () => {
  const values = [
    log(0.3),
    log(7e-9),
    cosineOfTurns(0.1),
    cosineOfTurns(0.7),
    wholePower(0.999, 1234),
    exp(-1.7),
    power(0.3, 0.45),
  ]
  expect(values.map(bitsOf)).toEqual([
    'bff34378fcbda720',
    'c032c700c848da13',
    '3fe9e3779b97f4a8',
    'bfd3c6ef372fe954',
    '3fd29edc3254effc',
    '3fc7622c78a98a07',
    '3fe29d58c522f7ae',
  ])
})
