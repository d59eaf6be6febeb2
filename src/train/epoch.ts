import type { Announcer } from './announcer.js'
import { type Batches, type BatchRun, runBatches } from './batches.js'
import type { Tensors } from './checkpoint.js'
import type { CheckpointWriter } from './checkpoint-writer.js'
import { divergedError } from './diverged.js'
import { allFinite, diagnose } from './divergence.js'
import { logsOf } from './evaluate.js'
import type { StepEvent } from './events.js'
import { Pace } from './pace.js'
import type { Rewind } from './rewind.js'
import { RunningMeans } from './running-means.js'
import type { Training } from './training.js'

/** Everybody who takes part in an epoch. */
export interface EpochRun {
  readonly training: Training
  readonly announcer: Announcer
  readonly writer: CheckpointWriter
  readonly rewind: Rewind
  /** Null without a validation part. */
  readonly validation: Batches | null
  /** Whether somebody asked for an end. */
  readonly stopping: () => boolean
}

/** Runs what is left of the epoch under way, then measures it. Returns early when somebody asks for an end. */
export async function runEpoch(run: EpochRun): Promise<void> {
  const { training, announcer } = run
  const pace = new Pace()
  await announcer.epochBegin(training.epoch)
  const imagesPerSecond = await trainSteps(run, pace)
  const validation = run.stopping() ? null : await validate(run)
  if (validation) await finishEpoch(run, validation, { imagesPerSecond, seconds: pace.seconds })
}

/** Returns the pace. */
async function trainSteps(
  { training, announcer, writer, rewind, stopping }: EpochRun,
  pace: Pace,
): Promise<number> {
  const batches = training.batches()
  const beside = () => rewind.beside(batches)
  if (stopping()) return 0
  for await (const run of runBatches(training.session, 'train', batches, { from: training.step, beside })) {
    const { rows, penalty } = logsOf(run)
    if (!allFinite(run.outputs.loss!) || !Number.isFinite(penalty)) await stepDiverged(training, rewind, run)
    training.advance()
    training.means.add(rows, penalty)
    pace.step(run.rows)
    await announcer.step(stepEvent(training, batches, pace))
    if (stopping()) break
    if (training.step < batches.count) await writer.saveWhenDue()
  }
  return pace.imagesPerSecond
}

function stepEvent({ epoch, step, means, plan }: Training, batches: Batches, pace: Pace): StepEvent {
  return {
    type: 'step',
    epoch,
    step,
    steps: batches.count,
    logs: means.means(),
    imagesPerSecond: pace.imagesPerSecond,
    secondsLeft: pace.secondsFor(Math.max(0, batches.rows - step * plan.batchSize)),
  }
}

/** The logs of the validation part, `val_` before each key; null when somebody asked for an end meanwhile. */
async function validate({
  training,
  validation,
  stopping,
}: EpochRun): Promise<Record<string, number> | null> {
  if (!validation) return {}
  const means = new RunningMeans()
  for await (const run of runBatches(training.session, 'evaluate', validation)) {
    const { rows, penalty } = logsOf(run)
    await checkValidation(training, run)
    means.add(rows, penalty)
    if (stopping()) return null
  }
  return Object.fromEntries(Object.entries(means.means()).map(([key, value]) => [`val_${key}`, value]))
}

async function finishEpoch(
  { training, announcer, writer }: EpochRun,
  validation: Record<string, number>,
  measured: { readonly imagesPerSecond: number; readonly seconds: number },
): Promise<void> {
  const { epoch, history } = training
  const logs = { ...training.means.means(), ...validation }
  const numbers = training.session.read()
  checkWeights(training, numbers.weights)
  const best = history.improvement(epoch, logs) !== null
  if (best) training.bestWeights = numbers.weights
  training.finishEpoch()
  await announcer.epoch({ type: 'epoch', epoch, logs, ...measured, best })
  await writer.save({ best, numbers })
}

async function stepDiverged(training: Training, rewind: Rewind, failed: BatchRun): Promise<never> {
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

async function checkValidation(training: Training, run: BatchRun): Promise<void> {
  const value = run.outputs.loss!.find(loss => !Number.isFinite(loss))
  if (value === undefined) return
  const inputs = { ...run.inputs, ...training.beside() }
  const found = await diagnose(training.session, inputs, { rows: run.rows, training: false })
  throw divergedError({ what: 'val_loss', value, ...endOf(training) }, found, inputs)
}

/** The last update of an epoch shows in no loss of its own. */
function checkWeights(training: Training, weights: Tensors): void {
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
