import type { Outcome, Participant } from '../run/interleave.js'
import { keyOf } from '../workloads.js'
import type { Speed } from './result.js'
import { ratios, spread } from './statistics.js'

/** What the windows say, against those of `reference`. */
export function speeds(outcomes: readonly Outcome[], reference: Participant): readonly Speed[] {
  return outcomes.map(({ participant, workload, batch, windows, refusal }) => {
    const ours = outcomes.find(
      other => other.participant === reference && keyOf(other.workload) === keyOf(workload),
    )
    return {
      system: participant.title,
      workload,
      batch,
      imagesPerSecond: spread(windows.map(window => window.imagesPerSecond)),
      ratio: spread(ratios(ours?.windows ?? [], windows)),
      singleStep: participant.parts[keyOf(workload)]?.onceAfter !== undefined,
      refusal,
    }
  })
}
