import { afterEach, expect, test, vi } from 'vitest'
import { MemoryError } from '../../../base/errors.js'
import { giveBack, growMemory, takeMemory } from './memories.js'

afterEach(() => vi.restoreAllMocks())

const GB = 1024 ** 3

test('a memory that is handed on is long enough, and as far as it was asked for it is zero', () => {
  const first = takeMemory(100_000, true)
  new Uint8Array(first.buffer).fill(7)
  giveBack(first)
  const second = takeMemory(200_000, true)
  expect(second).toBe(first)
  expect(second.buffer.byteLength).toBeGreaterThanOrEqual(200_000)
  expect(new Uint8Array(second.buffer, 0, 200_000).every(byte => byte === 0)).toBe(true)
})

test('a memory that is not shared is never handed on', () => {
  const shared = takeMemory(10, true)
  giveBack(shared)
  expect(takeMemory(10, false)).not.toBe(shared)
})

test('more than addresses reach is refused before anything is reserved', () => {
  const grow = vi.spyOn(WebAssembly.Memory.prototype, 'grow')
  const memory = takeMemory(10, false)
  for (const ask of [() => takeMemory(4 * GB + 1, true), () => growMemory(memory, 4 * GB + 1)])
    expect(ask).toThrow('The network needs 4.00 GB of memory, but WebAssembly has 4.00 GB.')
  expect(grow).not.toHaveBeenCalled()
})

test('a host that gives no memory is quoted with what was asked of it', () => {
  const memory = takeMemory(10, false)
  const refusal = new RangeError('WebAssembly.Memory.grow(): Unable to grow instance memory')
  vi.spyOn(WebAssembly.Memory.prototype, 'grow').mockImplementation(() => {
    throw refusal
  })
  try {
    growMemory(memory, 3 * GB)
    expect.unreachable()
  } catch (error) {
    expect(error).toBeInstanceOf(MemoryError)
    expect(error).toMatchObject({ needed: 3 * GB, limit: null, cause: refusal })
    expect(String(error)).toContain('needs 3.00 GB of memory, but this machine does not give it.')
  }
})
