import { ShapeError } from '../../base/errors.js'
import { formatShape, type Shape, sizeOf } from '../../base/shape.js'
import type { Value } from '../../engine/ops/op.js'
import type { WeightUpdate } from './rule.js'

/** x ← a·x + b·x³ + c·x⁵ brings every singular value in 0 … 1 near to 1 in few steps, the small ones fast. */
const [a, b, c] = [3.4445, -4.775, 2.0315]

/** A weight as a matrix: a kernel [R, S, C, K] is [R·S·C, K]. */
export function matrixShape(shape: Shape): readonly [number, number] {
  const columns = shape.at(-1)
  if (columns === undefined || shape.length < 2)
    throw new ShapeError(`A matrix has two axes or more, but ${formatShape(shape)} came.`)
  return [sizeOf(shape) / columns, columns]
}

/** The coefficients that `orthogonalize` takes. */
export function orthogonalCoefficients(steps: number): Record<string, readonly number[]> {
  const powers: Record<string, readonly number[]> = {}
  for (let step = 1, power = a; step <= steps; step++, power *= a) powers[powerName(step)] = [1, power]
  return { gram: [b, c], ...powers }
}

const powerName = (step: number): string => `power/${step}`

/**
 * The orthogonal matrix nearest to X [M, N], roughly: its singular values come to 0.7 … 1.2 (Newton–Schulz, Jordan et al.
 * 2024). Their sum of squares must not be above 1.
 *
 * Each step multiplies X by P = a·I + b·A + c·A², where A is X's Gram matrix, of the shorter side. All P and A are
 * polynomials of the first A and commute, so the steps are made on A alone, and X is multiplied once at the end, by their
 * product aⁿ·I + R: for a kernel of 3×3 half the work.
 */
export function orthogonalize(update: WeightUpdate, X: Value, steps: number): Value {
  const isTall = X.shape[0]! >= X.shape[1]!
  let A = product(update, X, X, isTall ? 'first' : 'second')
  let R: Value | null = null
  for (let step = 1; step <= steps; step++) {
    const B = update.combine(A, product(update, A, A), 'gram')
    R = R ? extended(update, R, B, step) : B
    if (step < steps) A = nextGram(update, A, B)
  }
  const turned = isTall ? product(update, X, R!) : product(update, R!, X)
  return update.combine(turned, X, powerName(steps))
}

/** (aⁿ·I + R) · (a·I + B) without its part in I, where n = step - 1. */
function extended(update: WeightUpdate, R: Value, B: Value, step: number): Value {
  const grown = update.combine(product(update, R, B), R, powerName(1))
  return update.combine(grown, B, powerName(step - 1))
}

/** P·A·P with P = a·I + B. */
function nextGram(update: WeightUpdate, A: Value, B: Value): Value {
  const half = update.combine(product(update, B, A), A, powerName(1))
  return update.combine(product(update, half, B), half, powerName(1))
}

function product(
  update: WeightUpdate,
  x: Value,
  y: Value,
  transposed: 'first' | 'second' | null = null,
): Value {
  const attributes = { transposeA: transposed === 'first', transposeB: transposed === 'second' }
  return update.apply('matmul', attributes, [x, y])
}
