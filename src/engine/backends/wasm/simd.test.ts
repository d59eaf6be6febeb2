import { afterEach, expect, test, vi } from 'vitest'
import { expectSimd, supportsSimd } from './simd.js'
import { wasmBackend } from './wasm.js'

afterEach(() => {
  vi.unstubAllGlobals()
  vi.restoreAllMocks()
})

test('here there is SIMD', () => {
  expect(supportsSimd()).toBe(true)
  expect(expectSimd).not.toThrow()
})

test('a runtime without SIMD is told which have it', async () => {
  vi.spyOn(WebAssembly, 'validate').mockReturnValue(false)
  await expect(wasmBackend.open([])).rejects.toThrow(
    /SIMD instructions, which this runtime or its processor does not have\.\n {2}It is in Node 16\.4, Deno 1\.9, Bun 1\.0, Chrome and Edge 91, Firefox 89, Safari 16\.4/,
  )
})

test('so is one without WebAssembly', async () => {
  vi.stubGlobal('WebAssembly', undefined)
  await expect(wasmBackend.open([])).rejects.toThrow(
    /computes in WebAssembly, which does not exist here\.\n {2}It is in Node 16\.4/,
  )
})
