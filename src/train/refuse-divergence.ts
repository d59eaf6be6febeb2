import type { BatchRun } from './batches.js'
import type { Tensors } from './checkpoint.js'
import { divergedError } from './diverged.js'
import { diagnose } from './divergence.js'
import type { Rewind } from './rewind.js'
import type { Training } from './training.js'

/** The end of training at a step whose loss is not finite. */
export async function stepDiverged(training: Training, rewind: Rewind, failed: BatchRun): Promise<never> {
  const { epoch, step, optimizer } = training
  const value = failed.outputs.loss!.find(loss => !Number.isFinite(loss)) ?? Number.POSITIVE_INFINITY
  const place = `epoch ${epoch + 1}, step ${step + 1}`
  const { learningRate } = optimizer
  throw divergedError(
    { what: 'loss', value, place, learningRate },
    await rewind.explain(failed),
    failed.inputs,
  )
}

/** Refuses a batch that was evaluated to a loss that is not finite. @param what the key of its log: `val_loss` */
export async function checkEvaluated(training: Training, run: BatchRun, what: string): Promise<void> {
  const value = run.outputs.loss!.find(loss => !Number.isFinite(loss))
  if (value === undefined) return
  const inputs = { ...run.inputs, ...training.besideAsItIs() }
  const found = await diagnose(training.session, inputs, { rows: run.rows, training: false })
  throw divergedError({ what, value, ...endOf(training) }, found, inputs)
}

/** The last update of an epoch shows in no loss of its own. */
export function checkWeights(training: Training, weights: Tensors): void {
  for (const [name, { data }] of weights) {
    const value = data.find(number => !Number.isFinite(number))
    if (value === undefined) continue
    const nothing = { culprit: null, inData: false, largest: null }
    throw divergedError({ what: `the weight "${name}"`, value, ...endOf(training) }, nothing, {})
  }
}

const endOf = ({ epoch, optimizer }: Training) => ({
  place: `the end of epoch ${epoch + 1}`,
  learningRate: optimizer.learningRate,
})
