import { copyBandwidth } from './copy.js'
import { peakGflops } from './peak.js'

/** What this machine can do at best from WebAssembly, with so many threads. */
export interface Limits {
  readonly threads: number
  /** GFLOP/s, see `peakGflops`. */
  readonly mulAdd: number
  /** Null without relaxed SIMD. */
  readonly fma: number | null
  /** GB/s, see `copyBandwidth`. */
  readonly copy: number
}

export async function measureLimits(threads: number): Promise<Limits> {
  const fma = await peakGflops({ fma: true, threads }) // first: it may have to set a flag
  const mulAdd = await peakGflops({ fma: false, threads })
  return { threads, mulAdd, fma: Number.isNaN(fma) ? null : fma, copy: await copyBandwidth({ threads }) }
}
