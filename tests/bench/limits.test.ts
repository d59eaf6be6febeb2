import { expect, test } from 'vitest'
import { copyModule } from '../../bench/limits/copy.js'
import { peakModule } from '../../bench/limits/peak.js'
import { allowRelaxedSimd } from '../../bench/limits/relaxed-simd.js'

// What is measured is what is said: nothing here looks at the clock.

const relaxed = allowRelaxedSimd()

function instantiate(module: Uint8Array<ArrayBuffer>) {
  const memory = new WebAssembly.Memory({ initial: 1, maximum: 1, shared: true })
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(module), { env: { memory } })
  return { memory, exports: exports as Record<string, (...values: number[]) => void> }
}

/** x · ½ + 1, three times; halves of small whole numbers are exact, fused or not. */
const thrice = (x: number): number => ((x * 0.5 + 1) * 0.5 + 1) * 0.5 + 1

const kinds = relaxed ? [false, true] : [false]

for (const fma of kinds)
  test(`the peak is that of a multiplication and an addition for each sum and round${fma ? ', fused' : ''}`, () => {
    const { memory, exports } = instantiate(peakModule(fma))
    exports.peak!(3, 16)
    const total = Array.from({ length: 12 }, (_, sum) => thrice(sum)).reduce((a, b) => a + b)
    expect([...new Float32Array(memory.buffer, 0, 12)]).toEqual([
      0,
      0,
      0,
      0,
      ...Array(4).fill(total),
      0,
      0,
      0,
      0,
    ])
  })

test('copying copies', () => {
  const { memory, exports } = instantiate(copyModule(1))
  const bytes = new Uint8Array(memory.buffer)
  bytes.fill(7, 100, 110)
  exports.copy!(50_000, 100, 8)
  expect([...bytes.subarray(49_999, 50_009)]).toEqual([0, 7, 7, 7, 7, 7, 7, 7, 7, 0])
})
