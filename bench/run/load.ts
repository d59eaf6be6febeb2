import { cpus } from 'node:os'

/** CPU seconds of all cores since the machine started: those at work, and all there were. */
interface Sample {
  readonly busy: number
  readonly all: number
}

function sample(): Sample {
  const times = cpus().map(({ times }) => times)
  const idle = times.reduce((sum, time) => sum + time.idle, 0) / 1000
  const busy = times.reduce((sum, { user, nice, sys, irq }) => sum + user + nice + sys + irq, 0) / 1000
  return { busy, all: busy + idle }
}

/** Runs `body`, which says how much CPU time was ours; gives also the share of all cores that went to other programs. */
export async function withLoadOfOthers<T extends { readonly cpuSeconds: number }>(
  body: () => Promise<T>,
): Promise<{ readonly result: T; readonly others: number }> {
  const before = sample()
  const result = await body()
  const after = sample()
  const others = after.busy - before.busy - result.cpuSeconds
  return { result, others: Math.max(0, others / (after.all - before.all)) }
}
