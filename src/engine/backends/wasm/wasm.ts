import type { Backend } from '../backend.js'
import { WasmDevice } from './device.js'
import { expectSimd } from './simd.js'

/** WebAssembly SIMD, assembled for the network at hand, on every core. */
export const wasmBackend: Backend = {
  name: 'wasm',
  async open(variables, options = {}) {
    expectSimd()
    return WasmDevice.open(variables, options)
  },
}
