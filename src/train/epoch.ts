import type { Announcer } from './announcer.js'
import { type Batches, runBatches } from './batches.js'
import type { TimeBudget } from './budget/time-budget.js'
import type { CheckpointWriter } from './checkpoint-writer.js'
import { allFinite } from './divergence.js'
import { logsOf } from './evaluate.js'
import type { PlanEvent, StepEvent } from './events.js'
import { keptWeights, showKeptWeights, withKeptWeights } from './kept-weights.js'
import { learningRateKey } from './log-keys.js'
import { type EpochMeasures, type MeasuredRows, measureEpoch } from './measure-epoch.js'
import { Pace } from './pace.js'
import { checkWeights, stepDiverged } from './refuse-divergence.js'
import type { Rewind } from './rewind.js'
import type { Training } from './training.js'

/** Everybody who takes part in an epoch. */
export interface EpochRun {
  readonly training: Training
  readonly announcer: Announcer
  readonly writer: CheckpointWriter
  readonly rewind: Rewind
  readonly measured: MeasuredRows
  /** Whether somebody asked for an end. */
  readonly stopping: () => boolean
}

/** Runs what is left of the epoch under way, then measures it. Returns early when somebody asks for an end. */
export async function runEpoch(run: EpochRun): Promise<void> {
  const { training, announcer } = run
  const pace = new Pace()
  await announcer.epochBegin(training.epoch)
  training.budget?.epochBegins()
  const imagesPerSecond = await trainSteps(run, pace)
  const measures = await withKeptWeights(training, () => measureEpoch(training, run.measured, run.stopping))
  if (measures) await finishEpoch(run, measures, { imagesPerSecond, seconds: pace.seconds })
}

/** Returns the pace. */
async function trainSteps(run: EpochRun, pace: Pace): Promise<number> {
  const { training, announcer, writer, rewind, stopping } = run
  const batches = training.batches()
  const beside = () => rewind.beside(batches)
  if (stopping() || training.isTimeOver) return 0
  const { session, trainStep, step } = training
  for await (const batch of runBatches(session, trainStep, batches, { from: step, beside })) {
    const { rows, penalty } = logsOf(batch)
    if (!allFinite(batch.outputs.loss!) || !Number.isFinite(penalty))
      await stepDiverged(training, rewind, batch)
    training.advance()
    training.means.add(rows, penalty)
    pace.step(batch.rows)
    await announcer.step(stepEvent(training, batches, pace))
    if (stopping()) break
    if (training.step < batches.count) await writer.saveWhenDue()
    followBudget(run)
    if (training.isTimeOver) break
  }
  return pace.imagesPerSecond
}

function followBudget({ training, announcer, rewind }: EpochRun): void {
  const { budget, totalStep, step } = training
  if (!budget) return
  budget.stepDone(totalStep, step)
  if (budget.takeFirstPlan() && !training.plan.options.resume) checkPlan(training, budget, rewind)
  if (budget.takeSettledPlan()) announcer.tell(planEvent(training, budget))
}

/** A mistake that shows only when the number of steps is known must not leave moved weights behind. */
function checkPlan(training: Training, budget: TimeBudget, rewind: Rewind): void {
  try {
    budget.refuseTooShort(training.totalStep)
    training.optimizer.checkTraining(training.schedulePlace)
  } catch (error) {
    rewind.goBackToMark()
    throw error
  }
}

function planEvent({ totalStep, stepsPerEpoch }: Training, budget: TimeBudget): PlanEvent {
  const steps = budget.plannedSteps(totalStep)
  const { pace: stepSeconds, endSeconds } = budget
  return { type: 'plan', steps, epochs: steps / stepsPerEpoch, stepSeconds, endSeconds }
}

function stepEvent(training: Training, batches: Batches, pace: Pace): StepEvent {
  const { epoch, step, means, plan, budget, totalStep } = training
  const steps = Math.min(batches.count, step + (budget?.stepsLeft(totalStep) ?? batches.count))
  return {
    type: 'step',
    epoch,
    step,
    steps,
    logs: means.means(),
    imagesPerSecond: pace.imagesPerSecond,
    secondsLeft: pace.secondsFor(
      Math.max(0, Math.min(batches.rows, steps * plan.batchSize) - step * plan.batchSize),
    ),
  }
}

async function finishEpoch(
  { training, announcer, writer }: EpochRun,
  measures: EpochMeasures,
  pace: { readonly imagesPerSecond: number; readonly seconds: number },
): Promise<void> {
  const { epoch, history, plan, optimizer } = training
  const rate = plan.logsLearningRate ? { [learningRateKey]: optimizer.learningRate } : {}
  const logs = { ...training.means.means(), ...measures.logs, ...rate }
  const numbers = training.session.read()
  checkWeights(training, numbers.weights)
  const best = history.improvement(epoch, logs) !== null
  if (best) training.bestWeights = keptWeights(training, numbers)
  training.finishEpoch()
  const event = { type: 'epoch', epoch, ...measures, logs, ...pace, best } as const
  await showKeptWeights(training, () => announcer.epoch(event))
  const wasDone = training.isDone
  await writer.save({ best })
  training.budget?.epochEnded(training.totalStep)
  // Saving took the time that was left: a checkpoint that says otherwise could be gone on with, for nothing.
  if (training.isDone && !wasDone) await writer.save()
}
