import type { Machine } from '../report/result.js'
import type { Layer } from './layers.js'
import type { Speed } from './measure.js'
import type { Pass } from './passes.js'
import type { Verification } from './verify.js'

/** Everything a run of the ladder found out, as `--json` prints it. */
export interface LadderResult {
  readonly date: string
  readonly machine: Machine
  readonly threads: number
  /** Whether products are added without being rounded first. */
  readonly fused: boolean
  /** GFLOP/s that so many threads reach with the instructions the kernels are made of, see `peakGflops`. */
  readonly peak: number
  readonly rungs: readonly Rung[]
}

/** One layer. */
export interface Rung {
  readonly layer: Layer
  readonly steps: readonly Step[]
}

/** One pass of a layer that training needs. */
export interface Step {
  readonly pass: Pass
  readonly verification: Verification
  /** Null where it was not to be measured, or was not right. */
  readonly speed: Speed | null
}

export const isWrong = ({ verification }: Step): boolean => !(verification.error <= 1)

/** Shares of the peak that a pass of a common layer should reach. */
export function targetOf(pass: Pass, algorithm: string): number {
  if (pass !== 'forward') return 0.5
  return algorithm.startsWith('Winograd') ? 1.5 : 0.6
}
