import type { Expression, Vector } from '../assembler/expressions.js'
import { f32x4, i32x4, v128 } from '../assembler/expressions.js'
import { type Callable, callExpression, type FunctionBuilder, type Local } from '../assembler/function.js'
import type { ModuleBuilder } from '../assembler/module.js'

type Vector128 = Expression<'v128'>
type FunctionName = 'exp' | 'log' | 'tanh' | 'cosineOfTurns'

/**
 * The functions that WebAssembly lacks, four floats at a time. They are polynomials of our own choosing of degree, so
 * every machine computes the same bits. A function is added to the module when it is first used.
 */
export class VectorMath {
  private readonly defined = new Map<FunctionName, Callable>()

  constructor(private readonly module: ModuleBuilder) {}

  exp = (x: Vector): Vector128 => this.call('exp', x)
  /** For x > 0. */
  log = (x: Vector): Vector128 => this.call('log', x)
  tanh = (x: Vector): Vector128 => this.call('tanh', x)
  /** cos 2πt for 0 ≤ t ≤ 1. */
  cosineOfTurns = (t: Vector): Vector128 => this.call('cosineOfTurns', t)
  sigmoid = (x: Vector): Vector128 => f32x4.div(1, f32x4.add(1, this.exp(f32x4.neg(x))))

  private call(name: FunctionName, x: Vector): Vector128 {
    return callExpression(this.define(name), [f32x4.const(x)])
  }

  private define(name: FunctionName): Callable {
    const known = this.defined.get(name)
    if (known) return known
    const callable = this.module.define(['v128'], 'v128', f =>
      f.return(BODIES[name](f, f.parameters[0] as Local<'v128'>, this)),
    )
    this.defined.set(name, callable)
    return callable
  }
}

type Body = (f: FunctionBuilder, x: Local<'v128'>, math: VectorMath) => Vector128

const BODIES: Record<FunctionName, Body> = { exp, log, tanh, cosineOfTurns }

/** Horner's rule, highest coefficient first. */
function polynomial(x: Vector, coefficients: readonly number[]): Vector128 {
  const [highest, ...rest] = coefficients
  return rest.reduce<Vector128>((sum, coefficient) => f32x4.madd(sum, x, coefficient), f32x4.const(highest!))
}

/** 2ⁿ · eʳ with |r| ≤ ln 2 / 2; ln 2 is subtracted in two parts so that r keeps all its bits (Cody & Waite). */
function exp(f: FunctionBuilder, x: Local<'v128'>): Vector128 {
  const n = f.v128(f32x4.nearest(f32x4.mul(f32x4.pmin(f32x4.pmax(x, -87), 89), Math.LOG2E)))
  const r = f.v128(f32x4.pmin(f32x4.pmax(x, -87), 89))
  f.set(r, f32x4.sub(f32x4.sub(r, f32x4.mul(n, 0.693359375)), f32x4.mul(n, Math.LN2 - 0.693359375)))
  const tail = polynomial(r, [1.9875691e-4, 1.3981999e-3, 8.333452e-3, 4.1665796e-2, 1.6666667e-1, 0.5])
  const power = f.v128(f32x4.add(f32x4.madd(tail, f32x4.mul(r, r), r), 1))
  // 2ⁿ⁻¹ and a doubling instead of 2ⁿ: n may be 128, which has no exponent.
  const half = i32x4.shl(i32x4.add(i32x4.fromF32x4(n), i32x4.splat(126)), 23)
  f.set(power, f32x4.mul(f32x4.mul(power, half), 2))
  f.set(power, v128.select(f32x4.const(Number.POSITIVE_INFINITY), power, f32x4.gt(x, 88.722835)))
  return v128.andNot(power, f32x4.lt(x, -87))
}

/** e · ln 2 + ln m with m in √½ … √2. */
function log(f: FunctionBuilder, x: Local<'v128'>): Vector128 {
  const exponent = f.v128(f32x4.fromI32x4(i32x4.sub(i32x4.shr(x, 23), i32x4.splat(126))))
  const mantissa = f.v128(v128.or(v128.and(x, i32x4.splat(0x007fffff)), i32x4.splat(0x3f000000)))
  const small = f.v128(f32x4.lt(mantissa, Math.SQRT1_2))
  f.set(exponent, f32x4.sub(exponent, v128.and(small, 1)))
  f.set(mantissa, f32x4.sub(f32x4.add(mantissa, v128.and(small, mantissa)), 1))
  const square = f.v128(f32x4.mul(mantissa, mantissa))
  const series = polynomial(
    mantissa,
    [
      7.0376836e-2, -0.11514611, 0.1167699874, -0.12420141, 0.14249323, -0.16668057, 0.2000071477,
      -0.24999994, 0.33333331,
    ],
  )
  const y = f.v128(f32x4.mul(f32x4.mul(series, mantissa), square))
  f.set(y, f32x4.madd(exponent, Math.LN2 - 0.693359375, y))
  f.set(y, f32x4.madd(square, -0.5, y))
  return f32x4.madd(exponent, 0.693359375, f32x4.add(mantissa, y))
}

/** An odd polynomial near 0, where 1 - 2 / (e²ˣ + 1) would lose its digits. */
function tanh(f: FunctionBuilder, x: Local<'v128'>, math: VectorMath): Vector128 {
  const square = f.v128(f32x4.mul(x, x))
  const series = polynomial(square, [-5.704988e-3, 2.0639088e-2, -5.3739715e-2, 0.13331442, -0.33333281])
  const near = f.v128(f32x4.madd(f32x4.mul(series, square), x, x))
  const size = f.v128(f32x4.abs(x))
  const far = f.v128(f32x4.sub(1, f32x4.div(2, f32x4.add(math.exp(f32x4.add(size, size)), 1))))
  f.set(far, withSign(far, x))
  return v128.select(near, far, f32x4.lt(size, 0.625))
}

/** cos 2πt = -sin a with a = 2π (¼ - |t - ½|), which lies in -π/2 … π/2; the sine by its Taylor series as far as a¹¹. */
function cosineOfTurns(f: FunctionBuilder, t: Local<'v128'>): Vector128 {
  const a = f.v128(f32x4.mul(f32x4.sub(0.25, f32x4.abs(f32x4.sub(t, 0.5))), 2 * Math.PI))
  const square = f.v128(f32x4.mul(a, a))
  const series = polynomial(square, [-1 / 39916800, 1 / 362880, -1 / 5040, 1 / 120, -1 / 6])
  return f32x4.neg(f32x4.madd(f32x4.mul(series, square), a, a))
}

const SIGN = -0x80000000
const withSign = (size: Vector, sign: Vector): Vector128 => v128.or(size, v128.and(sign, i32x4.splat(SIGN)))
