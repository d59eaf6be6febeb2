import type { WindowAnswer, WindowRequest, Workload } from '../protocol.js'
import type { Part } from '../systems/system.js'
import { keyOf, titleOf, type WorkloadKey } from '../workloads.js'

/** One who is measured, as the rounds see it. */
export interface Participant {
  readonly title: string
  readonly parts: Readonly<Partial<Record<WorkloadKey, Part>>>
  measure(request: WindowRequest): Promise<WindowAnswer>
}

interface Observed {
  readonly imagesPerSecond: number
  /** Share of all cores that other programs took meanwhile. */
  readonly others: number
}

export interface Window extends Observed {
  /** From 0: windows of one round stand beside each other in time. */
  readonly round: number
}

/** What came of one participant's part in one workload. */
export interface Outcome<P extends Participant = Participant> {
  readonly participant: P
  readonly workload: Workload
  /** Pictures of a step as measured: for slow ones fewer than the workload's. */
  readonly batch: number
  readonly windows: Window[]
  /** Why there is nothing, in the system's own words; null when it can. */
  refusal: string | null
}

export interface Rounds {
  readonly count: number
  /** Length of a window. */
  readonly seconds: number
  /** Runs a window and says how much others disturbed it. */
  readonly observe: (
    body: () => Promise<WindowAnswer>,
  ) => Promise<{ readonly result: WindowAnswer; readonly others: number }>
  readonly tell: (progress: string) => void
}

type Length = Pick<WindowRequest, 'lead' | 'seconds'>

/** A window in which others took more than this share of the cores is measured again. */
const DISTURBED = 0.08
const ATTEMPTS = 3

/**
 * Measures everybody in turns, one window each, round after round, so that whatever the machine does beside falls on all
 * alike. Only one computes at a time.
 */
export async function interleave<P extends Participant>(
  participants: readonly P[],
  workloads: readonly Workload[],
  rounds: Rounds,
): Promise<readonly Outcome<P>[]> {
  const outcomes: Outcome<P>[] = workloads.flatMap(workload =>
    participants.flatMap(participant => {
      const part = participant.parts[keyOf(workload)]
      if (!part) return []
      return [{ participant, workload, batch: part.batch ?? workload.batch, windows: [], refusal: null }]
    }),
  )
  for (const outcome of outcomes) await warmUp(outcome, rounds)
  for (let round = 0; round < rounds.count; round++)
    for (const outcome of outcomes) await takeTurn(outcome, round, rounds)
  return outcomes
}

const onceAfter = ({ participant, workload }: Outcome): number | undefined =>
  participant.parts[keyOf(workload)]!.onceAfter

/** The very first step by itself, because its time is of interest; then until caches and compilers have settled. */
async function warmUp(outcome: Outcome, rounds: Rounds): Promise<void> {
  if (onceAfter(outcome) !== undefined) return
  rounds.tell(`warm-up: ${nameOf(outcome)}`)
  await observe(outcome, { lead: 0, seconds: 0 }, rounds)
  if (outcome.refusal === null) await observe(outcome, { lead: 2, seconds: rounds.seconds }, rounds)
}

async function takeTurn(outcome: Outcome, round: number, rounds: Rounds): Promise<void> {
  const once = onceAfter(outcome)
  if (outcome.refusal !== null || (once !== undefined && round > 0)) return
  rounds.tell(`round ${round + 1} of ${rounds.count}: ${nameOf(outcome)}`)
  const seen =
    once === undefined
      ? await observeQuietly(outcome, { lead: 1, seconds: rounds.seconds }, rounds)
      : await observe(outcome, { lead: once, seconds: 0 }, rounds)
  if (seen) outcome.windows.push({ round, ...seen })
}

/** Measures again while others disturb, and gives the window that was disturbed least. */
async function observeQuietly(outcome: Outcome, length: Length, rounds: Rounds): Promise<Observed | null> {
  let best: Observed | null = null
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const seen = await observe(outcome, length, rounds)
    if (seen === null) return null
    if (best === null || seen.others < best.others) best = seen
    if (best.others <= DISTURBED) break
  }
  return best
}

/** Null when the system cannot do it: then `outcome` knows why. */
async function observe(outcome: Outcome, length: Length, { observe }: Rounds): Promise<Observed | null> {
  const { participant, workload, batch } = outcome
  try {
    const request = { task: workload.task, batch, ...length }
    const { result, others } = await observe(() => participant.measure(request))
    if (result.loss !== null && !Number.isFinite(result.loss)) throw new Error(`its loss is ${result.loss}`)
    return { imagesPerSecond: result.images / result.seconds, others }
  } catch (error) {
    outcome.refusal = (error as Error).message
    return null
  }
}

const nameOf = ({ participant, workload }: Outcome): string => `${titleOf(workload)}: ${participant.title}`
