import { f32x4, i32 } from '../../src/engine/backends/wasm/assembler/expressions.js'
import type { FunctionBuilder, Local } from '../../src/engine/backends/wasm/assembler/function.js'
import { ModuleBuilder } from '../../src/engine/backends/wasm/assembler/module.js'
import { allowRelaxedSimd } from './relaxed-simd.js'
import { timeOnThreads } from './threads.js'

export interface PeakOptions {
  /** Relaxed SIMD's fused multiply-add instead of a multiplication and an addition. */
  readonly fma: boolean
  /** Default 1. */
  readonly threads?: number
}

/** Sums that do not wait for each other. With two factors they fill 14 of the 16 registers there are at least. */
const SUMS = 12
const ROUNDS = 2 ** 24
const FLOP = ROUNDS * SUMS * 4 * 2
const WINDOWS = 25

/**
 * Billions of float32 multiplications and additions a second that 128-bit WebAssembly reaches when nothing is loaded or
 * stored: no kernel is faster. The best of many short windows, because a limit is what is possible. NaN where the host has no relaxed SIMD and `fma` is asked for.
 */
export async function peakGflops({ fma, threads = 1 }: PeakOptions): Promise<number> {
  if (fma && !allowRelaxedSimd()) return Number.NaN
  const seconds = await timeOnThreads({
    module: new WebAssembly.Module(peakModule(fma)),
    memory: new WebAssembly.Memory({ initial: 1, maximum: 1, shared: true }),
    name: 'peak',
    calls: Array.from({ length: threads }, (_, thread) => [ROUNDS, 16 * thread]),
    windows: WINDOWS,
  })
  return (FLOP * threads) / Math.min(...seconds) / 1e9
}

/** `peak(rounds, address)`: sum ← sum · 0.5 + 1, so many times, for each sum; their total goes to `address`. */
export function peakModule(fma: boolean): Uint8Array<ArrayBuffer> {
  const module = new ModuleBuilder({ shared: true, initial: 1, maximum: 1 })
  const multiplyAdd = fma ? f32x4.relaxedMadd : f32x4.madd
  const peak = module.define(['i32', 'i32'], null, f => {
    const [rounds, address] = f.parameters as [Local<'i32'>, Local<'i32'>]
    const [factor, term] = [f.v128(0.5), f.v128(1)]
    const sums = Array.from({ length: SUMS }, (_, index) => f.v128(index))
    f.repeat(() => {
      for (const sum of sums) f.set(sum, multiplyAdd(sum, factor, term))
      f.increase(rounds, -1)
      return i32.gt(rounds, 0)
    })
    storeTotal(f, address, sums)
  })
  module.export('peak', peak)
  return module.toBytes()
}

/** Without it the sums would be nobody's and could be left out. */
function storeTotal(f: FunctionBuilder, address: Local<'i32'>, sums: readonly Local<'v128'>[]): void {
  const total = f.v128(0)
  for (const sum of sums) f.set(total, f32x4.add(total, sum))
  f.storeVector(address, total)
}
