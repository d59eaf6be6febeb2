import { currentPlatform } from '../../../base/platform.js'
import { f32x4 } from './assembler/expressions.js'
import { ModuleBuilder } from './assembler/module.js'

/** Whether this runtime has relaxed SIMD's multiply-add, which is one instruction where the processor has one. */
export function supportsRelaxedSimd(): boolean {
  known ??= probe() || (currentPlatform().allowRelaxedSimd?.() === true && probe())
  return known
}

let known: boolean | null = null

const probe = (): boolean => {
  const module = new ModuleBuilder({ shared: false, initial: 1, maximum: 1 })
  module.define([], null, f => f.set(f.v128(), f32x4.relaxedMadd(1, 1, 1)))
  return WebAssembly.validate(module.toBytes())
}
