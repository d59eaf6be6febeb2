import { usePlatform } from '../../src/base/platform.js'
import { fusesProducts } from '../../src/engine/backends/wasm/features.js'
import { nodePlatform } from '../../src/node/platform.js'

/**
 * Whether this process compiles relaxed SIMD, switched on where Node has it behind a flag. Ask before the first
 * WebAssembly module is compiled: later the flag has no effect.
 */
export function allowRelaxedSimd(): boolean {
  usePlatform(nodePlatform)
  return fusesProducts()
}
