import { FoveaError } from '../../../base/errors.js'
import { f32x4 } from './assembler/expressions.js'
import { ModuleBuilder } from './assembler/module.js'

/** Whether modules with SIMD instructions can be compiled here. */
export function supportsSimd(): boolean {
  const module = new ModuleBuilder({ shared: false, initial: 0, maximum: 0 })
  module.define([], null, f => f.v128(f32x4.add(1, 2)))
  return WebAssembly.validate(module.toBytes())
}

const where =
  'It is in Node 16.4, Deno 1.9, Bun 1.0, Chrome and Edge 91, Firefox 89, Safari 16.4 and everything newer'

/** Refuses to go on where kernels cannot run at all: there is nothing to fall back to. */
export function expectSimd(): void {
  if (typeof WebAssembly === 'undefined')
    throw new FoveaError(
      'Fovea computes in WebAssembly, which does not exist here.',
      `${where}, unless switched off: by node --jitless, or a browser's lockdown mode.`,
    )
  if (!supportsSimd())
    throw new FoveaError(
      'Fovea computes in WebAssembly with SIMD instructions, which this runtime or its processor does not have.',
      `${where}, on processors that have SSE4.1 (since 2008) or NEON.`,
    )
}
