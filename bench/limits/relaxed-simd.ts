import { setFlagsFromString } from 'node:v8'
import { ModuleBuilder } from '../../src/engine/backends/wasm/assembler/module.js'
import { fusedMultiplyAdd } from './fused-multiply-add.js'

/**
 * Whether this process compiles relaxed SIMD. Node 20 does so only behind a flag, which has to be set before the first
 * WebAssembly module is compiled.
 */
export function allowRelaxedSimd(): boolean {
  if (understands()) return true
  setFlagsFromString('--experimental-wasm-relaxed-simd')
  return understands()
}

function understands(): boolean {
  const module = new ModuleBuilder({ shared: false, initial: 0, maximum: 0 })
  module.define(['v128'], 'v128', f => {
    const x = f.parameters[0] as Parameters<typeof fusedMultiplyAdd>[0]
    f.return(fusedMultiplyAdd(x, x, x))
  })
  return WebAssembly.validate(module.toBytes())
}
