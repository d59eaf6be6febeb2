import type { Backend } from '../backend.js'
import { WasmDevice } from './device.js'

/** WebAssembly SIMD, assembled for the network at hand, on every core. */
export const wasmBackend: Backend = {
  name: 'wasm',
  open: async (variables, options = {}) => new WasmDevice(variables, options),
}
