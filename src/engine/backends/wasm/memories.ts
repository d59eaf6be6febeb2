import { MAX_PAGES, PAGE } from './layout.js'

/**
 * Shared memories that no device uses any more. They are handed on instead of left to the garbage collector: every
 * worker would have to collect its own reference first, and workers, which allocate nothing, hardly ever do.
 */
const free: WebAssembly.Memory[] = []

/** A shared memory of at least `bytes` bytes, its first `bytes` zero. */
export function takeMemory(bytes: number): WebAssembly.Memory {
  const pages = Math.ceil(bytes / PAGE)
  const memory = free.pop() ?? new WebAssembly.Memory({ initial: pages, maximum: MAX_PAGES, shared: true })
  const missing = pages - memory.buffer.byteLength / PAGE
  if (missing > 0) memory.grow(missing)
  new Uint8Array(memory.buffer, 0, bytes).fill(0)
  return memory
}

/** Takes back a memory that nobody reads or writes any more. */
export const giveBack = (memory: WebAssembly.Memory): void => void free.push(memory)
