import { dropoutThreshold } from '../../../ops/dropout.js'
import { type Expression, f32, f32x4, i32, i32x4, v128 } from '../assembler/expressions.js'
import type { FunctionBuilder, Local } from '../assembler/function.js'
import { elementwise } from './elementwise.js'
import { FLOAT, type KernelFor } from './kernel.js'

const GOLDEN = 0x9e3779b1 | 0

/** The hash of `engine/ops/dropout.ts`, for four elements at once. */
export const dropout: KernelFor<'dropout'> = node => {
  const { rate, salt } = node.attributes
  return elementwise(
    'dropout',
    node,
    ({ f, at }, [x], element) => {
      const state = (word: number) => i32.fromF32(f32.load(at.inputs[1]!, word * FLOAT))
      const layer = mixScalar(f, i32.add(state(0), Math.imul(salt, GOLDEN)))
      const key = mixScalar(f, i32.add(layer, state(1)))
      const index = i32x4.add(i32x4.splat(element), i32x4.lanes([0, 1, 2, 3]))
      const hash = mixVector(f, i32x4.add(i32x4.mul(index, i32x4.splat(GOLDEN)), i32x4.splat(key)))
      const kept = i32x4.unsignedGe(i32x4.shr(hash, 8), i32x4.splat(dropoutThreshold(rate)))
      return v128.and(f32x4.div(x!, 1 - rate), kept)
    },
    1,
  )
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

function mixVector(f: FunctionBuilder, x: Expression<'v128'>): Local<'v128'> {
  const z = f.v128(x)
  for (const [shift, factor] of ROUNDS)
    f.set(z, i32x4.mul(v128.xor(z, i32x4.shr(z, shift)), i32x4.splat(factor)))
  f.set(z, v128.xor(z, i32x4.shr(z, LAST_SHIFT)))
  return z
}
