import { type Expression, f32x4, v128 } from '../../assembler/expressions.js'
import type { FunctionBuilder, Local } from '../../assembler/function.js'
import { FLOAT, LANES } from '../kernel.js'

/**
 * The one-dimensional transforms of Winograd's F(4, 3) (Lavin & Gray 2015, points 0, ±1, ±2, ∞), four channels at once.
 * Each takes a few vectors and gives a few; done along columns, then along rows, it is the two-dimensional one.
 */
export interface Transform {
  readonly from: number
  readonly to: number
  apply(f: FunctionBuilder, x: readonly Local<'v128'>[]): readonly Expression<'v128'>[]
}

const { add, sub, mul, madd } = f32x4

/** Bᵀ: 6 cells of the picture → 6. */
export const inputTransform: Transform = {
  from: 6,
  to: 6,
  apply(f, x) {
    const [x0, x1, x2, x3, x4, x5] = x as Six
    const even = f.v128(madd(x2, -4, x4))
    const odd = f.v128(madd(x1, -4, x3))
    const half = f.v128(sub(x4, x2))
    const twice = f.v128(mul(2, sub(x3, x1)))
    return [
      madd(x0, 4, madd(x2, -5, x4)),
      add(even, odd),
      sub(even, odd),
      add(half, twice),
      sub(half, twice),
      madd(x1, 4, madd(x3, -5, x5)),
    ]
  },
}

/** G: 3 weights → 6. */
export const kernelTransform: Transform = {
  from: 3,
  to: 6,
  apply(f, x) {
    const [x0, x1, x2] = x as Three
    const outer = f.v128(mul(add(x0, x2), -1 / 6))
    const inner = f.v128(mul(x1, 1 / 6))
    const far = f.v128(madd(x0, 1 / 24, mul(x2, 1 / 6)))
    const near = f.v128(mul(x1, 1 / 12))
    return [mul(x0, 1 / 4), sub(outer, inner), add(outer, inner), add(far, near), sub(far, near), x2]
  },
}

/** Aᵀ: 6 products → 4 cells of the output. */
export const outputTransform: Transform = {
  from: 6,
  to: 4,
  apply(f, x) {
    const [x0, x1, x2, x3, x4, x5] = x as Six
    const [sum1, difference1] = [f.v128(add(x1, x2)), f.v128(sub(x1, x2))]
    const [sum2, difference2] = [f.v128(add(x3, x4)), f.v128(sub(x3, x4))]
    return [
      add(x0, add(sum1, sum2)),
      madd(difference2, 2, difference1),
      madd(sum2, 4, sum1),
      add(madd(difference2, 8, difference1), x5),
    ]
  },
}

/** A: 4 cells of dy → 6. */
export const gradientTransform: Transform = {
  from: 4,
  to: 6,
  apply(f, x) {
    const [x0, x1, x2, x3] = x as Four
    const [even, odd] = [f.v128(add(x0, x2)), f.v128(add(x1, x3))]
    const far = f.v128(madd(x2, 4, x0))
    const twice = f.v128(madd(x3, 8, mul(x1, 2)))
    return [x0, add(even, odd), sub(even, odd), add(far, twice), sub(far, twice), x3]
  },
}

/** Gᵀ: 6 sums of products → 3 weights' gradients. */
export const kernelGradientTransform: Transform = {
  from: 6,
  to: 3,
  apply(f, x) {
    const [x0, x1, x2, x3, x4, x5] = x as Six
    const [sum1, sum2] = [f.v128(mul(add(x1, x2), -1 / 6)), f.v128(add(x3, x4))]
    return [
      madd(x0, 1 / 4, madd(sum2, 1 / 24, sum1)),
      madd(sub(x2, x1), 1 / 6, mul(sub(x3, x4), 1 / 12)),
      add(madd(sum2, 1 / 6, sum1), x5),
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
