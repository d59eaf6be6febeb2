import { type Batches, runBatches } from '../batches.js'
import type { MeasuredRows } from '../measure-epoch.js'
import type { Training } from '../training.js'

/** Batches that are measured, the first aside. */
const measuredBatches = 3

/** Seconds that measuring an epoch will take, from a few batches of what will be measured. No number changes. */
export async function estimateMeasuring({
  training,
  measured: { validation, sample },
}: {
  readonly training: Training
  readonly measured: MeasuredRows
}): Promise<number> {
  let seconds = 0
  for (const batches of [validation, sample]) if (batches) seconds += await estimate(training, batches)
  return seconds
}

/** The first batch carries what happens once, so it counts only where there is no other. */
async function estimate({ session, plan: { clock } }: Training, batches: Batches): Promise<number> {
  const start = clock()
  let afterFirst = start
  let done = 0
  for await (const _ of runBatches(session, 'evaluate', batches)) {
    if (done++ === 0) afterFirst = clock()
    if (done > measuredBatches) break
  }
  const each = done > 1 ? (clock() - afterFirst) / (done - 1) : afterFirst - start
  return each * batches.count
}
