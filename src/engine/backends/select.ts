import type { Backend } from './backend.js'
import { wasmBackend } from './wasm/wasm.js'

/** The backend that is used when nobody names one. */
export const defaultBackend = (): Backend => wasmBackend
