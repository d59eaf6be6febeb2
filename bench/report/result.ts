import type { Limits } from '../limits/limits.js'
import type { Workload } from '../protocol.js'
import type { Spread } from './statistics.js'

/** Everything a run of the bench found out, as `--json` prints it. */
export interface Result {
  readonly date: string
  readonly machine: Machine
  readonly settings: Settings
  /** One thread, then all that were asked for. */
  readonly limits: readonly Limits[]
  readonly systems: readonly MeasuredSystem[]
  readonly speeds: readonly Speed[]
  readonly start: StartOfTraining
  readonly missing: readonly MissingSystem[]
  /** Share of all cores that other programs took during the windows that count. */
  readonly others: Spread | null
}

/** A system that was not measured, and why or what to do. */
export interface MissingSystem {
  readonly title: string
  readonly reason: string
}

export interface Machine {
  readonly processor: string
  readonly cores: number
  readonly memoryBytes: number
  readonly system: string
  readonly node: string
}

export interface Settings {
  readonly threads: number
  readonly rounds: number
  /** Length of a window. */
  readonly seconds: number
}

export interface MeasuredSystem {
  readonly title: string
  readonly version: string
  readonly runtime: string
  readonly setting: string
  readonly peakBytes: number
  /** Seconds from the start of the process to the end of the first step it was asked for; null when it refused all. */
  readonly firstStep: number | null
}

export interface Speed {
  readonly system: string
  readonly workload: Workload
  /** Pictures of a step as measured. */
  readonly batch: number
  readonly imagesPerSecond: Spread | null
  /** How many times as fast Fovea is, round by round; null for what has no speed. */
  readonly ratio: Spread | null
  /** It was too slow for more than one step. */
  readonly singleStep: boolean
  readonly refusal: string | null
}

/** Fovea, from nothing: in fresh processes, batch 128, as many pictures as CIFAR-10 has in memory. */
export interface StartOfTraining {
  /** Seconds until the first training step is done. */
  readonly firstStep: Spread
  /** The most memory the process held in its first seconds of training. */
  readonly peakBytes: number
}
