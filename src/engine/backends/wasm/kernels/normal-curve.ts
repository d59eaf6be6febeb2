import { type Expression, f32x4, type Vector } from '../assembler/expressions.js'
import type { FunctionBuilder, Local } from '../assembler/function.js'

/**
 * An odd function as x · P(x²) / Q(x²), with x held within ±`edge`. Our own minimax fits: without `exp` they take a
 * quarter of the time. Coefficients from the highest down.
 */
interface OddFraction {
  readonly edge: number
  readonly above: readonly number[]
  readonly below: readonly number[]
}

/** Φ(x) - ½, to 2.1e-7. At the edge it is ½ after rounding, so that beyond it Φ is 0 or 1. */
const BELOW: OddFraction = {
  edge: 5.5,
  above: [
    1.16103893e-10, -2.22570617e-8, 3.13342929e-6, 0.000158958605, 0.00443503753, 0.03478514, 0.398942192,
  ],
  below: [5.8676431e-5, 1.7635957e-3, 2.8430023e-2, 0.25385837, 1],
}

/** Φ(x) + x · φ(x) - ½, to 3e-7. */
const SLOPE: OddFraction = {
  edge: 6,
  above: [
    -2.8880353e-11, 1.3003112e-8, 1.1219412e-6, 3.2027156e-5, 2.8522639e-4, 1.3569005e-2, -1.8037891e-2,
    0.79788452,
  ],
  below: [3.6363843e-7, 1.0812265e-5, 2.5860673e-4, 4.1502261e-3, 4.5582864e-2, 0.31072571, 1],
}

/** Φ(x), the share of the normal distribution below x: 0 and 1 exactly beyond ±5.5. */
export const normalBelow = (f: FunctionBuilder, x: Local<'v128'>): Expression<'v128'> =>
  f32x4.pmin(f32x4.pmax(f32x4.add(fraction(f, BELOW, x), 0.5), 0), 1)

/** The slope of x · Φ(x). */
export const geluSlope = (f: FunctionBuilder, x: Local<'v128'>): Expression<'v128'> =>
  f32x4.add(fraction(f, SLOPE, x), 0.5)

function fraction(f: FunctionBuilder, { edge, above, below }: OddFraction, x: Local<'v128'>) {
  const near = f.v128(f32x4.pmin(f32x4.pmax(x, -edge), edge))
  const square = f.v128(f32x4.mul(near, near))
  const polynomial = ([highest, ...rest]: readonly number[]): Vector => {
    const sum = f.v128(highest!)
    for (const coefficient of rest) f.set(sum, f.madd(sum, square, f32x4.const(coefficient)))
    return sum
  }
  return f32x4.div(f32x4.mul(near, polynomial(above)), polynomial(below))
}
