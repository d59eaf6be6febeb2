import { usePlatform } from '../../src/base/platform.js'
import { fusesProducts } from '../../src/engine/backends/wasm/features.js'
import { nodePlatform } from '../../src/node/platform.js'

/** Whether this process fuses products; relaxed SIMD is switched on where Node has it behind a flag. */
export function allowRelaxedSimd(): boolean {
  usePlatform(nodePlatform)
  return fusesProducts()
}
