import { expect } from 'vitest'
import { sumBound, unit } from './rounding.js'

/** How far apart two numbers may lie: `relative` of the expected one, and `floor` of the largest of its tensor. */
export interface Bound {
  readonly relative: number
  readonly floor: number
}

/**
 * float64 against float64 stored as float32. Numbers that nearly cancel are allowed what float64 itself loses in a
 * sum of some thousand terms, not more.
 */
export const float64: Bound = { relative: 1e-6, floor: 1e-13 }

/** The same after training: the learning rate reaches a step as float32, up to 2⁻²⁵ away from what PyTorch was told. */
export const float64Trained: Bound = { relative: 1e-6, floor: 2 ** -25 }

/** Fails with the element that is furthest beyond the bound; NaN equals nothing. */
export function expectWithin(bound: Bound, what: string, actual: Float32Array, expected: Float32Array): void {
  expect(actual.length, `${what}: length`).toBe(expected.length)
  const largest = expected.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
  let worst = { excess: 0, message: '' }
  expected.forEach((value, i) => {
    const allowed = bound.relative * Math.abs(value) + bound.floor * largest
    const distance = Math.abs(actual[i]! - value)
    const excess = distance === 0 ? 0 : distance / allowed
    if (excess > worst.excess || Number.isNaN(excess))
      worst = { excess, message: `${what}[${i}]: ${actual[i]} came, but ${value} ± ${allowed} was expected` }
  })
  expect(worst.excess, worst.message).toBeLessThanOrEqual(1)
}

/**
 * A chain of float32 operations around a sum of `terms` terms: each may be off by a unit, and a number that nearly
 * cancels by as much of the largest of its tensor.
 */
export const float32Chain = (terms: number): Bound => ({ relative: unit * (terms + 8), floor: 8 * unit })

/**
 * Five steps of the whole reference network: gradients are sums of up to 8 · 32 · 32 products, nine layers deep.
 * It holds for this case, not for any: where two cells of a pooling window, or a sum and 0, differ by less than a sum's
 * rounding, float32 may decide the other way, and one gradient goes another path. See docs/decisions/0006-winograd.md.
 */
export const float32Steps: Bound = { relative: 1e-4, floor: 1e-5 }

/** Sums of `terms` products in float32. `sizes`: of each the sum of its products' sizes. */
export function expectSums(
  terms: number,
  what: string,
  actual: Float32Array,
  expected: Float32Array,
  sizes: Float32Array,
): void {
  expect(actual.length, `${what}: length`).toBe(expected.length)
  const wrong = expected.findIndex(
    (value, i) => !(Math.abs(actual[i]! - value) <= sumBound(terms, sizes[i]!)),
  )
  expect(wrong, `${what}[${wrong}]: ${actual[wrong]}, but ${expected[wrong]} was expected`).toBe(-1)
}
