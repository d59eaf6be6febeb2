import type { Dataset } from '../../data/dataset.js'
import { modelFromName } from '../../nn/models.js'
import type { EndEvent, TrainEvent } from '../../train/events.js'
import { type FitOptions, Model } from '../../train/index.js'
import { optimizerFromName } from '../../train/optimizers/index.js'
import type { AveragingTestTime } from '../../train/test-time/views.js'
import type { PreparedRun } from './prepare-run.js'
import { RunRecorder } from './run-recorder.js'
import type { TrainSettings } from './settings.js'

/** What every run of the command line minimises. */
export const runLoss = 'categoricalCrossentropy'

/** Who follows a run, and who may end it. */
export interface Audience {
  /** Gets all events; of the last only one that tells of a divergence. */
  event(event: TrainEvent): void
  /** Gets sentences a person should read. */
  notice(sentence: string): void
  readonly signal: AbortSignal
}

/** The settings' network with first weights, compiled. */
export function buildModel(settings: TrainSettings, { train, classNames }: Dataset): Model {
  const network = modelFromName(settings.model).network(train.x.shape.slice(1), classNames.length)
  const { seed, deterministic } = settings
  const model = new Model(network, { seed, deterministic })
  const { name, options } = settings.optimizer
  model.compile({ optimizer: optimizerFromName(name, options), loss: runLoss, metrics: ['accuracy'] })
  return model
}

/**
 * Trains to the end of the run or until the signal, and keeps it in its folder. A run that came to its end is measured
 * on the test pictures. Returns the last event, which tells all this.
 */
export async function runTraining(
  run: PreparedRun,
  model: Model,
  dataset: Dataset,
  audience: Audience,
): Promise<EndEvent> {
  const recorder = new RunRecorder(run, {
    network: model.network,
    preprocessing: dataset.train.x.scaling,
    classNames: dataset.classNames,
    training: { dataset: dataset.name, loss: runLoss },
  })
  const end = await fitUntilEnd(run, model, dataset, audience, recorder)
  const told =
    end.reason === 'done' ? { ...end, ...(await measure(model, dataset, run.settings.testTime)) } : end
  await recorder.finish(told)
  return told
}

async function fitUntilEnd(
  { settings, interrupted }: PreparedRun,
  model: Model,
  { train }: Dataset,
  audience: Audience,
  recorder: RunRecorder,
): Promise<EndEvent> {
  const { batchSize, epochs, validationSplit, trainEval, threads } = settings
  const ends: EndEvent[] = []
  const options: FitOptions = {
    batchSize,
    epochs,
    validationSplit,
    trainEvaluation: trainEval ?? false,
    verbose: 0,
    ...(threads !== null && { threads }),
    ...(interrupted?.checkpoint && { resume: interrupted.checkpoint }),
    signal: audience.signal,
    notice: sentence => audience.notice(sentence),
    onEvent: event => (event.type === 'end' ? ends.push(event) : audience.event(event)),
    callbacks: [recorder],
    checkpoint: recorder.policy,
  }
  await model.fit(train.x, train.y, options).catch(async error => {
    const [diverged] = ends
    if (diverged) audience.event(diverged)
    await recorder.fail(diverged)
    throw error
  })
  return ends[0]!
}

/** On the test pictures, as they are and averaged over their views. */
async function measure(model: Model, { test }: Dataset, testTime: AveragingTestTime): Promise<TestResult> {
  const [testLoss, testAccuracy] = await model.evaluate(test.x, test.y)
  const averaged = await model.evaluate(test.x, test.y, { testTime })
  return {
    testLoss: testLoss!,
    testAccuracy: testAccuracy!,
    averaged: { testTime, testLoss: averaged[0]!, testAccuracy: averaged[1]! },
  }
}

type TestResult = Pick<EndEvent, 'testLoss' | 'testAccuracy' | 'averaged'>
