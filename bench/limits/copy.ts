import type { Local } from '../../src/engine/backends/wasm/assembler/function.js'
import { ModuleBuilder } from '../../src/engine/backends/wasm/assembler/module.js'
import { timeOnThreads } from './threads.js'

const PAGE = 2 ** 16
/** Copied in one window: far more than caches hold. */
const BYTES = 2 ** 28
const WINDOWS = 15

/**
 * GB/s that `memory.copy` moves from one half of a big memory to the other: bytes read and bytes written
 * both count. The best of several windows.
 */
export async function copyBandwidth({ threads = 1 }: { readonly threads?: number } = {}): Promise<number> {
  const pages = (2 * BYTES) / PAGE
  const share = BYTES / threads
  const seconds = await timeOnThreads({
    module: new WebAssembly.Module(copyModule(pages)),
    memory: new WebAssembly.Memory({ initial: pages, maximum: pages, shared: true }),
    name: 'copy',
    calls: Array.from({ length: threads }, (_, thread) => {
      const from = Math.floor(thread * share)
      return [BYTES + from, from, Math.floor(share)]
    }),
    windows: WINDOWS,
  })
  return (2 * BYTES) / Math.min(...seconds) / 1e9
}

/** `copy(to, from, bytes)`. */
export function copyModule(pages: number): Uint8Array<ArrayBuffer> {
  const module = new ModuleBuilder({ shared: true, initial: pages, maximum: pages })
  const copy = module.define(['i32', 'i32', 'i32'], null, f => {
    const [to, from, bytes] = f.parameters as [Local<'i32'>, Local<'i32'>, Local<'i32'>]
    f.copy(to, from, bytes)
  })
  module.export('copy', copy)
  return module.toBytes()
}
