import { MemoryError } from '../../../base/errors.js'
import { MAX_PAGES, PAGE } from './layout.js'

/**
 * Shared memories that no device uses any more. They are handed on instead of left to the garbage collector: every
 * worker would have to collect its own reference first, and workers, which allocate nothing, hardly ever do.
 */
const free: WebAssembly.Memory[] = []

/** A memory of at least `bytes` bytes, its first `bytes` zero. */
export function takeMemory(bytes: number, shared: boolean): WebAssembly.Memory {
  expectAddressable(bytes)
  const memory =
    (shared ? free.pop() : undefined) ??
    orShortage(bytes, () => new WebAssembly.Memory({ initial: pagesOf(bytes), maximum: MAX_PAGES, shared }))
  growMemory(memory, bytes)
  new Uint8Array(memory.buffer, 0, bytes).fill(0)
  return memory
}

/** Takes back a shared memory that nobody reads or writes any more. */
export const giveBack = (memory: WebAssembly.Memory): void => void free.push(memory)

/** Makes a memory at least `bytes` bytes long. */
export function growMemory(memory: WebAssembly.Memory, bytes: number): void {
  expectAddressable(bytes)
  const missing = pagesOf(bytes) - memory.buffer.byteLength / PAGE
  if (missing > 0) orShortage(bytes, () => memory.grow(missing))
}

const pagesOf = (bytes: number): number => Math.ceil(bytes / PAGE)

const who = 'The network'

function expectAddressable(needed: number): void {
  const limit = MAX_PAGES * PAGE
  if (needed > limit) throw new MemoryError(who, { needed, limit })
}

/** What the host says when it has no memory to give is a RangeError without a size. */
function orShortage<T>(needed: number, give: () => T): T {
  try {
    return give()
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause
    throw new MemoryError(who, { needed, limit: null }, undefined, { cause })
  }
}
