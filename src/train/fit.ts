import { DivergedError, FoveaError } from '../base/errors.js'
import { Announcer } from './announcer.js'
import { batchSizes } from './batches.js'
import { estimateMeasuring } from './budget/estimate-measuring.js'
import { bestRuleOf } from './callbacks/check-callbacks.js'
import { CheckpointWriter } from './checkpoint-writer.js'
import { type EpochRun, runEpoch } from './epoch.js'
import type { BeginEvent, EndEvent, TrainEvent } from './events.js'
import type { History } from './history.js'
import { keepAverages } from './kept-weights.js'
import { type MeasuredRows, measuredRows } from './measure-epoch.js'
import { Pace } from './pace.js'
import { openProgress } from './progress/progress.js'
import { Rewind } from './rewind.js'
import type { Training } from './training.js'
import { TrainingContext } from './training-context.js'

/** Trains from where `training` stands to the end of its plan, or until somebody stops it. */
export async function runFit(training: Training): Promise<History> {
  const { options, verbose } = training.plan
  const progress = openProgress(verbose)
  const hear = (event: TrainEvent) => {
    training.history.add(event)
    progress.tell(event)
    options.onEvent?.(event)
  }
  const context = new TrainingContext(training)
  const announcer = new Announcer(hear, training.callbacks, context)
  try {
    return await runEpochs(training, announcer, context)
  } finally {
    progress.close()
  }
}

async function runEpochs(
  training: Training,
  announcer: Announcer,
  context: TrainingContext,
): Promise<History> {
  const stopping = () => context.stopping
  const clock = new Pace()
  const { session, plan } = training
  const run: EpochRun = {
    training,
    announcer,
    stopping,
    measured: measuredRows(session, plan),
    writer: new CheckpointWriter(training, announcer),
    rewind: new Rewind(training),
  }
  await compileSteps(training, run.measured)
  await announcer.begin(beginEvent(training))
  try {
    if (training.budget) training.budget.endSeconds ||= await estimateMeasuring(run)
    while (!training.isDone && !stopping()) await runEpoch(run)
  } catch (error) {
    if (error instanceof DivergedError) announcer.tell(divergedEvent(training, clock.seconds, error))
    throw session.device.lost ? goBack(run, error) : error
  }
  if (!training.isDone) await run.writer.save()
  keepAverages(training)
  await announcer.end({ ...endEvent(training, clock.seconds), ...context.why })
  return training.history
}

/**
 * A step that a thread's death has ended may have moved some weights and not others, so the model goes back to numbers that
 * belong together.
 */
function goBack({ training, rewind }: EpochRun, error: unknown): unknown {
  const failed = where(training)
  const back = where(rewind.goBackToMark())
  if (!(error instanceof FoveaError)) return error
  return new FoveaError(
    `${error.problem} This ended training at ${failed}.`,
    `The model is back where it was before ${back}, and can be used on: new threads are started. Files are as they were.`,
    { cause: error },
  )
}

const where = ({ epoch, step }: { readonly epoch: number; readonly step: number }): string =>
  `epoch ${epoch + 1}, step ${step + 1}`

/** Compiles every program before the first step, so that memory and mistakes are known before it. */
async function compileSteps(training: Training, { validation, sample }: MeasuredRows): Promise<void> {
  for (const rows of batchSizes(training.batches())) await training.session.step(training.trainStep, rows)
  for (const batches of [validation, sample])
    for (const rows of batches ? batchSizes(batches) : []) await training.session.step('evaluate', rows)
}

function beginEvent({ session, plan, epoch, stepsPerEpoch, callbacks }: Training): BeginEvent {
  const { description, threads, bytes } = session.device
  const best = bestRuleOf(callbacks)
  return {
    type: 'begin',
    epochs: Number.isFinite(plan.epochs) ? plan.epochs : null,
    ...(plan.budget !== null && { budget: plan.budget }),
    initialEpoch: epoch,
    stepsPerEpoch,
    batchSize: plan.batchSize,
    trainRows: plan.train.x.rows,
    validationRows: plan.validation?.x.rows ?? 0,
    threads,
    device: description,
    bytes,
    seed: plan.seed,
    ...(best && { best }),
  }
}

function endEvent({ history, epoch, isDone }: Training, seconds: number): EndEvent {
  const last = Object.entries(history.history).map(([key, values]) => [key, values.at(-1)!])
  return {
    type: 'end',
    reason: isDone ? 'done' : 'stopped',
    epochs: epoch,
    seconds,
    bestEpoch: history.best?.epoch ?? null,
    logs: Object.fromEntries(last),
  }
}

/** Callbacks do not get it: `onTrainEnd` is for trainings that came to an end. */
const divergedEvent = (training: Training, seconds: number, { message }: DivergedError): EndEvent => ({
  ...endEvent(training, seconds),
  reason: 'diverged',
  message,
})
