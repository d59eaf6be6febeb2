import { join } from 'node:path'
import type { Dataset } from '../../data/dataset.js'
import { tensorBoard } from '../../node/callbacks/index.js'
import { RunFolder } from '../../node/run-folder.js'
import { tensorBoardFolder } from '../../node/run-paths.js'
import { networkFromName } from '../../recipes/index.js'
import { remediesFromNames, treatedNetwork } from '../../recipes/remedies.js'
import { earlyStopping } from '../../train/callbacks/index.js'
import type { EndEvent, TrainEvent } from '../../train/events.js'
import { type Callback, type FitOptions, Model } from '../../train/index.js'
import { cameToItsEnd } from './came-to-its-end.js'
import { ruleOfFew } from './few-to-judge.js'
import type { PreparedRun } from './prepare-run.js'
import { RunRecorder } from './run-recorder.js'
import { sealModels } from './seal-models.js'
import { lengthOf, type TrainSettings } from './settings.js'

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
  const { seed, deterministic, remedies } = settings
  const [named, treatment] = [networkFromName(settings.model), remediesFromNames(remedies)]
  const network = treatedNetwork(named, treatment, train.x.shape.slice(1), classNames.length)
  const model = new Model(network, { seed, deterministic })
  const { optimizer, loss } = settings
  model.compile({ optimizer: { name: optimizer.name, ...optimizer.options }, loss, metrics: ['accuracy'] })
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
    pictureFit: run.settings.folder?.fit,
    classNames: dataset.classNames,
    training: { dataset: dataset.name, loss: run.settings.loss },
  })
  const end = await fitUntilEnd(run, model, dataset, audience, recorder)
  await recorder.keepFinal(model.getWeights())
  await model.rest() // what follows needs memory of its own
  const told = cameToItsEnd(end)
    ? { ...end, ...(await sealModels(await RunFolder.open(run.path), run.settings, dataset)) }
    : end
  await recorder.record(told)
  return told
}

async function fitUntilEnd(
  { settings, path, interrupted }: PreparedRun,
  model: Model,
  dataset: Dataset,
  audience: Audience,
  recorder: RunRecorder,
): Promise<EndEvent> {
  const { batchSize, validationSplit, trainEval, augment, classWeight, threads } = settings
  const { train, validation } = dataset
  const rule = ruleOfFew(settings, dataset)
  const ends: EndEvent[] = []
  const options: FitOptions = {
    ...lengthOf(settings),
    batchSize,
    ...(validation ? { validationData: [validation.x, validation.y] } : { validationSplit }),
    ...(classWeight !== null && { classWeight }),
    trainEvaluation: trainEval ?? false,
    augment,
    verbose: 0,
    ...(threads !== null && { threads }),
    ...(interrupted?.checkpoint && { resume: interrupted.checkpoint }),
    signal: audience.signal,
    notice: sentence => audience.notice(sentence),
    onEvent: event => (event.type === 'end' ? ends.push(event) : audience.event(event)),
    callbacks: [
      ...(rule ? [{ best: rule }] : []),
      ...stopping(settings),
      recorder,
      ...drawing(settings, path),
    ],
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

const stopping = ({ earlyStopping: patience }: TrainSettings): Callback[] =>
  patience === null ? [] : [earlyStopping({ patience })]

/** Steps between two points of a curve that TensorBoard draws. */
const drawnEvery = 50

/** Behind the recorder, which makes the run's folder. */
const drawing = ({ tensorboard }: TrainSettings, path: string): Callback[] =>
  tensorboard ? [tensorBoard({ folder: join(path, tensorBoardFolder), everySteps: drawnEvery })] : []
