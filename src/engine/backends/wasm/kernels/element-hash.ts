import {
  type Expression,
  f32,
  type Integer,
  i32,
  i32x4,
  type Vector,
  v128,
} from '../assembler/expressions.js'
import type { FunctionBuilder, Local } from '../assembler/function.js'
import { FLOAT } from './kernel.js'

const GOLDEN = 0x9e3779b1 | 0

/** `dropoutKey` of engine/ops/dropout.ts: what all elements of a layer share in one step. `state` is an address. */
export function layerKey(f: FunctionBuilder, state: number, salt: number): Local<'i32'> {
  const word = (i: number) => i32.fromF32(f32.load(state, i * FLOAT))
  const layer = mixScalar(f, i32.add(word(0), Math.imul(salt, GOLDEN)))
  return mixScalar(f, i32.add(layer, word(1)))
}

/** `dropoutHash` of engine/ops/dropout.ts, for the element `first` and the three behind it. */
export function hashOfFour(f: FunctionBuilder, key: Integer, first: Integer): Local<'v128'> {
  const index = i32x4.add(i32x4.splat(first), i32x4.lanes([0, 1, 2, 3]))
  return mixVector(f, i32x4.add(i32x4.mul(index, i32x4.splat(GOLDEN)), i32x4.splat(key)))
}

/** Shifts and factors of the hash, in turn. */
const ROUNDS = [
  [16, 0x21f0aaad],
  [15, 0x735a2d97],
] as const
const LAST_SHIFT = 15

function mixScalar(f: FunctionBuilder, x: Expression<'i32'>): Local<'i32'> {
  const z = f.i32(x)
  for (const [shift, factor] of ROUNDS) f.set(z, i32.mul(i32.xor(z, i32.shr(z, shift)), factor))
  f.set(z, i32.xor(z, i32.shr(z, LAST_SHIFT)))
  return z
}

/** splitmix32 of base/random.ts, four at a time. */
export function mixVector(f: FunctionBuilder, x: Vector): Local<'v128'> {
  const z = f.v128(x)
  for (const [shift, factor] of ROUNDS)
    f.set(z, i32x4.mul(v128.xor(z, i32x4.shr(z, shift)), i32x4.splat(factor)))
  f.set(z, v128.xor(z, i32x4.shr(z, LAST_SHIFT)))
  return z
}
