import type { Rows } from '../../base/rows.js'
import { type TrainingFacts, trainingFacts } from '../../classify/training-facts.js'
import type { Dataset } from '../../data/dataset.js'
import { type Activities, measureActivities } from '../../explain/activities.js'
import type { ModelFile } from '../../io/model-file.js'
import { modelOf, modelPath, readModelFile } from '../../node/model-files.js'
import { Model } from '../../train/model.js'
import type { Theme } from '../../viz/svg/theme.js'
import { checkClasses } from '../check-classes.js'
import type { CliIo } from '../io.js'
import { loadTestData, type TestDataOptions } from '../test-data.js'
import { settingsOfRun } from '../trained-model.js'

export interface SeenModelOptions extends TestDataOptions {
  readonly threads?: number
  readonly output?: string
  readonly theme?: Theme
}

/** A trained model and the same network before training. */
export interface SeenModel {
  readonly path: string
  readonly file: ModelFile
  readonly model: Model
  /** Null where nobody noted the seed. */
  readonly before: Model | null
  /** What a class is called. */
  readonly nameOf: (label: number) => string
  /** Whether there is a test set to ask for; `at hand` where its files need not be fetched first. */
  readonly knowsTestSet: 'no' | 'by name' | 'at hand'
  /** The test set it was made for, or that was asked for; loaded once. */
  readonly testSet: () => Promise<TestSet>
}

export interface TestSet {
  readonly dataset: Dataset
  /** The pictures [N, H, W, C], scaled as the model knows them. */
  readonly x: Rows<Uint8Array>
}

/** The model of a run folder or a model file. */
export async function openSeenModel(path: string, options: SeenModelOptions, io: CliIo): Promise<SeenModel> {
  const file = await readModelFile(await modelPath(path))
  const settings = await settingsOfRun(path)
  const trained = trainingFacts(file.training)
  const seed = settings?.seed ?? trained?.seed ?? null
  return {
    path,
    file,
    model: modelOf(file),
    before: seed === null ? null : new Model(file.network, { seed }),
    nameOf: label => file.classNames?.[label] ?? `class ${label}`,
    knowsTestSet: knownTestSet(trained, settings !== null, options),
    testSet: once(() => loadTestSet(path, file, options, io)),
  }
}

function knownTestSet(
  trained: TrainingFacts | null,
  inRun: boolean,
  { data, dataset }: SeenModelOptions,
): SeenModel['knowsTestSet'] {
  if (dataset === undefined && (trained?.dataset ?? null) === null) return 'no'
  return inRun || data !== undefined || dataset !== undefined ? 'at hand' : 'by name'
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | null = null
  return () => {
    made ??= make()
    return made
  }
}

async function loadTestSet(
  path: string,
  file: ModelFile,
  options: SeenModelOptions,
  io: CliIo,
): Promise<TestSet> {
  const dataset = await loadTestData(path, file, options, io)
  checkClasses(path, file, dataset)
  const { x } = dataset.test
  return { dataset, x: x.withScaling(file.preprocessing ?? x.scaling) }
}

/** Says so where it is not known how the network was before training. */
export function sayWhetherBegun({ path, before }: SeenModel, io: CliIo): void {
  if (before) return
  io.err(`${path} does not say with which seed training began: "before training" is left out.`)
}

/**
 * Null where nobody knows which pictures the model was made for; that is said.
 *
 * @param fetch whether they may be fetched from far away; else they are counted only where they are at hand
 */
export async function activitiesOf(
  { path, model, before, knowsTestSet, testSet }: SeenModel,
  { threads }: SeenModelOptions,
  io: CliIo,
  fetch = true,
): Promise<Activities | null> {
  if (knowsTestSet === 'no' || (knowsTestSet === 'by name' && !fetch)) {
    io.err(
      knowsTestSet === 'no'
        ? `${path} does not say which data set it was trained on, so dead filters are not counted; --dataset NAME would say it.`
        : `${path} is no run folder, so dead filters are not counted; --data DIR would say where its pictures are.`,
    )
    return null
  }
  const { x } = await testSet()
  return measureActivities(model, x, { before, ...(threads !== undefined && { threads }) })
}
