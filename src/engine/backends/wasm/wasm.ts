import type { Backend } from '../backend.js'
import { WasmDevice } from './device.js'

/** WebAssembly SIMD, assembled for the network at hand, on every core. */
export const wasmBackend: Backend = {
  name: 'wasm',
  open: (variables, options = {}) => WasmDevice.open(variables, options),
}
