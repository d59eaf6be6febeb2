import { currentPlatform } from '../../../base/platform.js'
import { f32x4 } from './assembler/expressions.js'
import { ModuleBuilder } from './assembler/module.js'

/**
 * Whether a multiply-add of relaxed SIMD rounds once here: the runtime must have the instruction, and use the
 * processor's. Where it rounds twice (JavaScriptCore today), there is nothing to gain from it.
 */
export function fusesProducts(): boolean {
  known ??= probe() || (currentPlatform().allowRelaxedSimd?.() === true && probe())
  return known
}

let known: boolean | null = null

/** (1 + ε)² - (1 + 2ε) is ε², unless the square was rounded before. */
const EPSILON = 2 ** -12

function probe(): boolean {
  const builder = new ModuleBuilder({ shared: false, initial: 1, maximum: 1 })
  const store = builder.define(['f32'], null, f => {
    // From a parameter: a compiler may fold constants in its own way.
    const x = f32x4.splat(f.parameters[0] as Parameters<typeof f32x4.splat>[0])
    f.storeVector(0, f32x4.relaxedMadd(x, x, -(1 + 2 * EPSILON)))
  })
  builder.export('store', store)
  const bytes = builder.toBytes()
  if (!WebAssembly.validate(bytes)) return false
  const memory = new WebAssembly.Memory({ initial: 1, maximum: 1 })
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(bytes), { env: { memory } })
  ;(exports.store as (x: number) => void)(1 + EPSILON)
  return new Float32Array(memory.buffer)[0] === EPSILON * EPSILON
}
