import { secondHash } from '../../../ops/gaussian-noise.js'
import { type Expression, f32x4, i32x4, type Vector } from '../assembler/expressions.js'
import type { Local } from '../assembler/function.js'
import { hashOfFour, layerKey, mixVector } from './element-hash.js'
import { elementwise } from './elementwise.js'
import type { Emission, KernelFor } from './kernel.js'

export const gaussianNoise: KernelFor<'gaussianNoise'> = node => {
  const { stddev, salt, multiplicative } = node.attributes
  return elementwise<Local<'i32'>>(
    'gaussian noise',
    node,
    (emission, [x], element, key) => {
      const noise = normalNumbers(emission, key, element)
      return multiplicative ? f32x4.mul(x!, f32x4.madd(noise, stddev, 1)) : f32x4.madd(noise, stddev, x!)
    },
    1,
    ({ f, at }) => layerKey(f, at.inputs[1]!, salt),
  )
}

/** `noiseAt` of engine/ops/gaussian-noise.ts, for four elements at once. */
function normalNumbers({ f, math }: Emission, key: Local<'i32'>, element: Local<'i32'>): Expression<'v128'> {
  const first = hashOfFour(f, key, element)
  const second = mixVector(f, i32x4.add(first, i32x4.splat(secondHash)))
  const radius = f32x4.sqrt(f32x4.mul(-2, math.log(share(i32x4.add(i32x4.shr(first, 8), i32x4.splat(1))))))
  return f32x4.mul(radius, math.cosineOfTurns(share(i32x4.shr(second, 8))))
}

/** Whole numbers as a share of 2²⁴: exact, for float32 holds 24 bits. */
const share = (x: Vector): Expression<'v128'> => f32x4.mul(f32x4.fromI32x4(x), 2 ** -24)
