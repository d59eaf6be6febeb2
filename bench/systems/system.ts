import type { WorkloadKey } from '../workloads.js'

export interface Command {
  readonly file: string
  readonly arguments: readonly string[]
  readonly environment?: Readonly<Record<string, string>>
}

/** How a system takes part in one workload. */
export interface Part {
  /** Pictures of a step, where it is too slow for as many as the workload has. */
  readonly batch?: number
  /** So slow that it is measured in the first round only: so many steps before, then one. */
  readonly onceAfter?: number
}

/** Something that computes the tutorial's network in a process of its own. */
export interface System {
  /** For `--only`. Systems of one name belong together. */
  readonly name: string
  readonly title: string
  readonly command: Command
  /** What was set so that it is at its best, and what it is not asked for. */
  readonly setting: string
  readonly parts: Readonly<Partial<Record<WorkloadKey, Part>>>
  /** The command that installs it where it is not there; null where it is. */
  readonly missing: string | null
}
