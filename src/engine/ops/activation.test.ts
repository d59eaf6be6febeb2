import { expect, test } from 'vitest'
import { activationDerivative, activationValue, derivativeFrom } from './activation.js'
import type { ActivationKind } from './attributes.js'
import { erf, erfc } from './erf.js'

const value = (kind: ActivationKind, x: number, alpha = 0) => activationValue({ kind, alpha }, x)

// Values to 16 digits: Abramowitz & Stegun, table 7.1, and the definitions worked out to more digits than a double has.
test.each([
  [0, 0, 1],
  [0.5, 0.5204998778130465, 0.4795001221869535],
  [1, 0.8427007929497149, 0.1572992070502851],
  [2, 0.9953222650189527, 0.004677734981047266],
  [3, 0.9999779095030014, 2.209049699858544e-5],
  [5, 0.9999999999984626, 1.537459794428035e-12],
])('erf and erfc of %d to 1e-14, relative', (x, low, high) => {
  expect(Math.abs(erf(x) - low)).toBeLessThanOrEqual(1e-14 * low)
  expect(Math.abs(erfc(x) - high)).toBeLessThanOrEqual(1e-14 * high)
  expect(erf(-x)).toBe(-erf(x))
  expect(Math.abs(erfc(-x) - (1 + low))).toBeLessThanOrEqual(2e-14)
})

test('erf goes over from the series to the fraction without a step', () => {
  for (const near of [2, -2]) expect(Math.abs(erf(near - 1e-15) - erf(near + 1e-15))).toBeLessThan(4e-15)
  expect(erf(Number.POSITIVE_INFINITY)).toBe(1)
  expect(erf(Number.NEGATIVE_INFINITY)).toBe(-1)
  expect(erf(Number.NaN)).toBeNaN()
})

test('activations at places where their value is known', () => {
  expect(value('linear', -3)).toBe(-3)
  expect([value('relu', -3), value('relu', 3)]).toEqual([0, 3])
  expect([value('leakyRelu', -3, 0.2), value('leakyRelu', 3, 0.2)]).toEqual([-3 * 0.2, 3])
  expect([value('elu', -1, 2), value('elu', 3, 2)]).toEqual([2 * Math.expm1(-1), 3])
  expect([value('sigmoid', 0), value('tanh', 0), value('silu', 0), value('gelu', 0)]).toEqual([0.5, 0, 0, 0])
  expect(value('gelu', 1)).toBeCloseTo(0.8413447460685429, 14)
  expect(value('gelu', -1)).toBeCloseTo(-0.15865525393145707, 14)
  expect(value('silu', 1)).toBeCloseTo(0.7310585786300049, 14)
})

test.each([
  'linear',
  'relu',
  'leakyRelu',
  'elu',
  'gelu',
  'silu',
  'sigmoid',
  'tanh',
] as const)('%s passes NaN on and is finite far out', kind => {
  expect(value(kind, Number.NaN, 0.2)).toBeNaN()
  for (const x of [-1e4, 1e4]) {
    const y = value(kind, x, 0.2)
    const z = derivativeFrom(kind) === 'input' ? x : y
    expect(Number.isFinite(y)).toBe(true)
    expect(Number.isFinite(activationDerivative({ kind, alpha: 0.2 }, z))).toBe(true)
  }
})

test('at 0 relu has the derivative 0 and leakyRelu its slope, as Keras has it', () => {
  expect(activationDerivative({ kind: 'relu', alpha: 0 }, 0)).toBe(0)
  expect(activationDerivative({ kind: 'leakyRelu', alpha: 0.2 }, 0)).toBe(0.2)
})
