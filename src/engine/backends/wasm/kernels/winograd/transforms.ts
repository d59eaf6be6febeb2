import { type Expression, f32x4, v128 } from '../../assembler/expressions.js'
import type { FunctionBuilder, Local } from '../../assembler/function.js'
import { FLOAT, LANES } from '../kernel.js'

/**
 * The one-dimensional transforms of Winograd's F(4, 3) (Lavin & Gray 2015), four channels at once. Each takes a few
 * vectors and gives a few; done along columns, then along rows, it is the two-dimensional one.
 *
 * The usual points 0, ±1, ±2, ∞ lose a decimal digit. Here they are 0, ±A, ±B, ∞ with A and B near 1, exact in
 * float32 with all their products: half the error (over 64 channels 6e-7 of the result's size instead of 1.3e-6).
 */
export interface Transform {
  readonly from: number
  readonly to: number
  apply(f: FunctionBuilder, x: readonly Local<'v128'>[]): readonly Expression<'v128'>[]
}

const A = 5 / 8
const B = 3 / 2
const A2 = A * A
const B2 = B * B
/** Leading coefficients of the Lagrange polynomials at 0, ±A and ±B. */
const AT_ZERO = 1 / (A2 * B2)
const AT_A = 1 / (2 * A2 * (A2 - B2))
const AT_B = 1 / (2 * B2 * (B2 - A2))

const { add, sub, mul } = f32x4

/** Bᵀ: 6 cells of the picture → 6. */
export const inputTransform: Transform = {
  from: 6,
  to: 6,
  apply(f, x) {
    const [x0, x1, x2, x3, x4, x5] = x as Six
    const evenA = f.v128(f.madd(x2, -B2, x4))
    const oddA = f.v128(mul(A, f.madd(x1, -B2, x3)))
    const evenB = f.v128(f.madd(x2, -A2, x4))
    const oddB = f.v128(mul(B, f.madd(x1, -A2, x3)))
    return [
      f.madd(x0, A2 * B2, f.madd(x2, -(A2 + B2), x4)),
      add(evenA, oddA),
      sub(evenA, oddA),
      add(evenB, oddB),
      sub(evenB, oddB),
      f.madd(x1, A2 * B2, f.madd(x3, -(A2 + B2), x5)),
    ]
  },
}

/** G: 3 weights → 6. */
export const kernelTransform: Transform = {
  from: 3,
  to: 6,
  apply(f, x) {
    const [x0, x1, x2] = x as Three
    const evenA = f.v128(mul(f.madd(x2, A2, x0), AT_A))
    const oddA = f.v128(mul(x1, A * AT_A))
    const evenB = f.v128(mul(f.madd(x2, B2, x0), AT_B))
    const oddB = f.v128(mul(x1, B * AT_B))
    return [mul(x0, AT_ZERO), add(evenA, oddA), sub(evenA, oddA), add(evenB, oddB), sub(evenB, oddB), x2]
  },
}

/** Aᵀ: 6 products → 4 cells of the output. */
export const outputTransform: Transform = {
  from: 6,
  to: 4,
  apply(f, x) {
    const [x0, x1, x2, x3, x4, x5] = x as Six
    const [sumA, differenceA] = [f.v128(add(x1, x2)), f.v128(sub(x1, x2))]
    const [sumB, differenceB] = [f.v128(add(x3, x4)), f.v128(sub(x3, x4))]
    return [
      add(x0, add(sumA, sumB)),
      f.madd(differenceB, B, mul(differenceA, A)),
      f.madd(sumB, B2, mul(sumA, A2)),
      add(f.madd(differenceB, B * B2, mul(differenceA, A * A2)), x5),
    ]
  },
}

/** A: 4 cells of dy → 6. */
export const gradientTransform: Transform = {
  from: 4,
  to: 6,
  apply(f, x) {
    const [x0, x1, x2, x3] = x as Four
    const evenA = f.v128(f.madd(x2, A2, x0))
    const oddA = f.v128(mul(A, f.madd(x3, A2, x1)))
    const evenB = f.v128(f.madd(x2, B2, x0))
    const oddB = f.v128(mul(B, f.madd(x3, B2, x1)))
    return [x0, add(evenA, oddA), sub(evenA, oddA), add(evenB, oddB), sub(evenB, oddB), x3]
  },
}

/** Gᵀ: 6 sums of products → 3 weights' gradients. */
export const kernelGradientTransform: Transform = {
  from: 6,
  to: 3,
  apply(f, x) {
    const [x0, x1, x2, x3, x4, x5] = x as Six
    const [sumA, sumB] = [f.v128(mul(add(x1, x2), AT_A)), f.v128(mul(add(x3, x4), AT_B))]
    return [
      f.madd(x0, AT_ZERO, add(sumA, sumB)),
      f.madd(sub(x1, x2), A * AT_A, mul(sub(x3, x4), B * AT_B)),
      add(f.madd(sumA, A2, mul(sumB, B2)), x5),
    ]
  },
}

type V = Local<'v128'>
type Three = readonly [V, V, V]
type Four = readonly [V, V, V, V]
type Six = readonly [V, V, V, V, V, V]

/**
 * Writes the two-dimensional transform of a square of vectors: `load(row, column)` gives the square's, `store` takes
 * the result's. `between` is the address of `from · to` vectors of memory for what lies between the two passes.
 */
export class SquareTransform {
  private readonly line: Local<'v128'>[]

  constructor(
    private readonly f: FunctionBuilder,
    private readonly transform: Transform,
  ) {
    this.line = Array.from({ length: transform.from }, () => f.v128())
  }

  emit(
    between: Local<'i32'>,
    load: (row: number, column: number) => Expression<'v128'>,
    store: (row: number, column: number, value: Expression<'v128'>) => void,
  ): void {
    const { from, to } = this.transform
    const place = (row: number, column: number) => (row * from + column) * LANES * FLOAT
    for (let column = 0; column < from; column++)
      this.pass(
        row => load(row, column),
        (row, value) => this.f.storeVector(between, value, place(row, column)),
      )
    for (let row = 0; row < to; row++)
      this.pass(
        column => v128.load(between, place(row, column)),
        (column, value) => store(row, column, value),
      )
  }

  private pass(
    load: (i: number) => Expression<'v128'>,
    store: (i: number, value: Expression<'v128'>) => void,
  ): void {
    for (const [i, variable] of this.line.entries()) this.f.set(variable, load(i))
    for (const [i, value] of this.transform.apply(this.f, this.line).entries()) store(i, value)
  }
}
