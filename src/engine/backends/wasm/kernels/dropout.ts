import { dropoutThreshold } from '../../../ops/dropout.js'
import { f32x4, i32x4, v128 } from '../assembler/expressions.js'
import type { Local } from '../assembler/function.js'
import { hashOfFour, layerKey } from './element-hash.js'
import { elementwise } from './elementwise.js'
import type { KernelFor } from './kernel.js'

export const dropout: KernelFor<'dropout'> = node => {
  const { rate, salt } = node.attributes
  return elementwise<Local<'i32'>>(
    'dropout',
    node,
    ({ f }, [x], element, key) => {
      const hash = hashOfFour(f, key, element)
      const kept = i32x4.unsignedGe(i32x4.shr(hash, 8), i32x4.splat(dropoutThreshold(rate)))
      return v128.and(f32x4.div(x!, 1 - rate), kept)
    },
    1,
    ({ f, at }) => layerKey(f, at.inputs[1]!, salt),
  )
}
