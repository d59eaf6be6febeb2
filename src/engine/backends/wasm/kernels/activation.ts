import type { Activation, ActivationKind } from '../../../ops/attributes.js'
import { type Expression, f32x4, v128 } from '../assembler/expressions.js'
import type { Local } from '../assembler/function.js'
import type { Emission } from './kernel.js'
import { geluSlope, normalBelow } from './normal-curve.js'

type Vector128 = Expression<'v128'>
type Formula = (emission: Emission, x: Local<'v128'>, alpha: number) => Vector128

const negative = (x: Local<'v128'>): Vector128 => f32x4.lt(x, 0)

const FORMULAS: Record<ActivationKind, Formula> = {
  linear: (_, x) => x,
  // Not max: it costs several instructions. A NaN passes through all the same.
  relu: (_, x) => f32x4.pmax(x, 0),
  leakyRelu: (_, x, alpha) => v128.select(f32x4.mul(x, alpha), x, negative(x)),
  elu: ({ math }, x, alpha) => v128.select(f32x4.mul(alpha, f32x4.sub(math.exp(x), 1)), x, negative(x)),
  gelu: ({ f }, x) => f32x4.mul(x, normalBelow(f, x)),
  silu: ({ math }, x) => f32x4.mul(x, math.sigmoid(x)),
  sigmoid: ({ math }, x) => math.sigmoid(x),
  tanh: ({ math }, x) => math.tanh(x),
}

const ones = (mask: Vector128): Vector128 => v128.and(mask, 1)
const positive = (y: Local<'v128'>): Vector128 => f32x4.gt(y, 0)

/** From the output y, but for gelu and silu from the input (see `derivativeFrom` of the op). */
const DERIVATIVES: Record<ActivationKind, Formula> = {
  linear: () => f32x4.const(1),
  relu: (_, y) => ones(positive(y)),
  leakyRelu: (_, y, alpha) => v128.select(f32x4.const(1), f32x4.const(alpha), positive(y)),
  elu: (_, y, alpha) => v128.select(f32x4.const(1), f32x4.add(y, alpha), positive(y)),
  gelu: ({ f }, x) => geluSlope(f, x),
  silu: ({ f, math }, x) => {
    const s = f.v128(math.sigmoid(x))
    return f32x4.mul(s, f32x4.madd(x, f32x4.sub(1, s), f32x4.const(1)))
  },
  sigmoid: (_, y) => f32x4.mul(y, f32x4.sub(1, y)),
  tanh: (_, y) => f32x4.sub(1, f32x4.mul(y, y)),
}

/** The activation of four numbers. */
export const activated = (emission: Emission, { kind, alpha }: Activation, x: Local<'v128'>): Vector128 =>
  FORMULAS[kind](emission, x, alpha)

/** Its derivative. */
export const derivative = (emission: Emission, { kind, alpha }: Activation, z: Local<'v128'>): Vector128 =>
  DERIVATIVES[kind](emission, z, alpha)
