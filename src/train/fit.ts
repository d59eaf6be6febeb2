import { Announcer } from './announcer.js'
import { type Batches, batchesOf, batchSizes } from './batches.js'
import { CheckpointWriter } from './checkpoint-writer.js'
import { type EpochRun, runEpoch } from './epoch.js'
import type { BeginEvent, EndEvent, TrainEvent } from './events.js'
import type { History } from './history.js'
import { Pace } from './pace.js'
import { openProgress } from './progress/progress.js'
import { Rewind } from './rewind.js'
import type { Training } from './training.js'

/** Trains from where `training` stands to the end of its plan, or until somebody stops it. */
export async function runFit(training: Training): Promise<History> {
  const { options, verbose } = training.plan
  const progress = openProgress(verbose)
  const hear = (event: TrainEvent) => {
    training.history.add(event)
    progress.tell(event)
    options.onEvent?.(event)
  }
  const stop = new AbortController()
  const context = { stop: () => stop.abort(), optimizer: training.optimizer }
  const announcer = new Announcer(hear, options.callbacks ?? [], context)
  try {
    return await runEpochs(training, announcer, () => stop.signal.aborted || options.signal?.aborted === true)
  } finally {
    progress.close()
  }
}

async function runEpochs(
  training: Training,
  announcer: Announcer,
  stopping: () => boolean,
): Promise<History> {
  const clock = new Pace()
  const { network } = training.session.setup
  const { validation, batchSize, epochs } = training.plan
  const run: EpochRun = {
    training,
    announcer,
    stopping,
    validation: validation && batchesOf(network, validation, batchSize),
    writer: new CheckpointWriter(training, announcer),
    rewind: new Rewind(training),
  }
  tellWithoutThreads(training)
  await compileSteps(training, run.validation)
  await announcer.begin(beginEvent(training))
  while (training.epoch < epochs && !stopping()) await runEpoch(run)
  if (training.epoch < epochs) await run.writer.save()
  await announcer.end(endEvent(training, clock.seconds))
  return training.history
}

/** Threads that are missing cost most of the speed, so a person should read how to get them. */
function tellWithoutThreads({ session, plan }: Training): void {
  const { withoutThreads } = session.device
  const { notice = console.warn } = plan.options
  if (withoutThreads) notice(`fit: computes on one thread: ${withoutThreads}.`)
}

/** Compiles every program before the first step, so that memory and mistakes are known before it. */
async function compileSteps(training: Training, validation: Batches | null): Promise<void> {
  for (const rows of batchSizes(training.batches())) await training.session.step('train', rows)
  for (const rows of validation ? batchSizes(validation) : []) await training.session.step('evaluate', rows)
}

function beginEvent({ session, plan, epoch }: Training): BeginEvent {
  const { description, threads, bytes } = session.device
  return {
    type: 'begin',
    epochs: plan.epochs,
    initialEpoch: epoch,
    stepsPerEpoch: Math.ceil(plan.train.x.rows / plan.batchSize),
    batchSize: plan.batchSize,
    trainRows: plan.train.x.rows,
    validationRows: plan.validation?.x.rows ?? 0,
    threads,
    device: description,
    bytes,
    seed: plan.seed,
  }
}

function endEvent({ history, epoch, plan }: Training, seconds: number): EndEvent {
  const last = Object.entries(history.history).map(([key, values]) => [key, values.at(-1)!])
  return {
    type: 'end',
    reason: epoch < plan.epochs ? 'stopped' : 'done',
    epochs: epoch,
    seconds,
    bestEpoch: history.best?.epoch ?? null,
    logs: Object.fromEntries(last),
  }
}
