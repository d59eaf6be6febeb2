import { afterEach, beforeEach, expect, test, vi } from 'vitest'

beforeEach(() => vi.resetModules())
afterEach(() => vi.restoreAllMocks())

const engine = async () => {
  const { usePlatform } = await import('../../../base/platform.js')
  const { nodePlatform } = await import('../../../node/platform.js')
  usePlatform(nodePlatform)
  const { hearNotices } = await import('../../../base/notices.js')
  const { fusesProducts } = await import('./features.js')
  const { wasmBackend } = await import('./wasm.js')
  return { fusesProducts, wasmBackend, hearNotices }
}

test('what a device says of itself is what the processor does', async () => {
  const { fusesProducts, wasmBackend } = await engine()
  const { description } = await wasmBackend.open([], { threads: 1 })
  const kind = fusesProducts() ? 'WebAssembly SIMD with fused multiply-add' : 'WebAssembly SIMD'
  expect(description).toBe(`${kind}, 1 thread`)
})

test('without relaxed SIMD it works and says so once; not to those who did not want it', async () => {
  const { fusesProducts, wasmBackend, hearNotices } = await engine()
  const validate = WebAssembly.validate
  vi.spyOn(WebAssembly, 'validate').mockImplementation(bytes => {
    const relaxed = [...(bytes as Uint8Array)].join().includes('253,133,2')
    return !relaxed && validate(bytes)
  })
  const heard: string[] = []
  hearNotices(sentence => heard.push(sentence))
  await wasmBackend.open([], { threads: 1, deterministic: true })
  expect(heard).toEqual([])
  const { description } = await wasmBackend.open([], { threads: 1 })
  await wasmBackend.open([], { threads: 1 })
  expect(fusesProducts()).toBe(false)
  expect(description).toBe('WebAssembly SIMD, 1 thread')
  expect(heard).toEqual(['No fused multiply-add (relaxed SIMD) here: it works, somewhat more slowly.'])
})

test('a runtime whose multiply-add rounds twice does not count as one that fuses', async () => {
  const { fusesProducts } = await engine()
  vi.spyOn(WebAssembly, 'Instance').mockImplementation(function (
    this: unknown,
    _: unknown,
    imports: { env: { memory: WebAssembly.Memory } },
  ) {
    const store = () => {
      new Float32Array(imports.env.memory.buffer)[0] = 0
    }
    return { exports: { store } } as unknown as WebAssembly.Instance
  } as never)
  expect(fusesProducts()).toBe(false)
})
