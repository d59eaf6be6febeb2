import { isRecord } from '../../base/record.js'
import { Tensor } from '../../base/tensor.js'
import type { Dataset } from '../../data/dataset.js'
import { type LayerActivity, layerActivity } from '../../explain/dead-filters.js'
import type { ModelFile } from '../../io/model-file.js'
import { modelOf, modelPath, readModelFile } from '../../node/model-files.js'
import { Model } from '../../train/model.js'
import type { CliIo } from '../io.js'
import { checkClasses, loadTestData, type TestDataOptions } from '../test-data.js'
import { settingsOfRun, trainedText } from '../trained-model.js'

export interface SeenModelOptions extends TestDataOptions {
  readonly threads?: number
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
  /** Whether there is a test set to ask for. */
  readonly knowsTestSet: boolean
  /** The test set it was made for, or that was asked for; loaded once. */
  readonly testSet: () => Promise<TestSet>
}

export interface TestSet {
  readonly dataset: Dataset
  /** The pictures [N, H, W, C], scaled as the model knows them. */
  readonly x: Tensor<Uint8Array>
}

/** The model of a run folder or a model file. */
export async function openSeenModel(path: string, options: SeenModelOptions, io: CliIo): Promise<SeenModel> {
  const file = await readModelFile(await modelPath(path))
  const seed = (await settingsOfRun(path))?.seed ?? seedIn(file)
  return {
    path,
    file,
    model: modelOf(file),
    before: seed === null ? null : new Model(file.network, { seed }),
    nameOf: label => file.classNames?.[label] ?? `class ${label}`,
    knowsTestSet: options.dataset !== undefined || trainedText(file, 'dataset') !== undefined,
    testSet: once(() => loadTestSet(path, file, options, io)),
  }
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
  checkClasses(path, file, dataset.name, dataset.classNames)
  const { data, shape, scaling } = dataset.test.x
  return { dataset, x: new Tensor(data, shape, file.preprocessing ?? scaling) }
}

/** Says so where it is not known how the network was before training. */
export function sayWhetherBegun({ path, before }: SeenModel, io: CliIo): void {
  if (before) return
  io.err(`${path} does not say with which seed training began: "before training" is left out.`)
}

/** A checkpoint notes the seed in its state of training. */
function seedIn({ training }: ModelFile): number | null {
  const state = training?.state
  return isRecord(state) && typeof state.seed === 'number' ? state.seed : null
}

/** What all layers make of the first pictures of a test set, before and after training. */
export interface Activities {
  readonly pictures: number
  readonly before: readonly LayerActivity[] | null
  readonly after: readonly LayerActivity[]
}

const pictures = 500

/** Null where nobody knows which pictures the model was made for; that is said. */
export async function activitiesOf(
  { path, model, before, knowsTestSet, testSet }: SeenModel,
  { threads }: SeenModelOptions,
  io: CliIo,
): Promise<Activities | null> {
  if (!knowsTestSet) {
    io.err(
      `${path} does not say which data set it was trained on, so dead filters are not counted; --dataset NAME would say it.`,
    )
    return null
  }
  const { x } = await testSet()
  const options = { pictures, ...(threads !== undefined && { threads }) }
  return {
    pictures: Math.min(pictures, x.rows),
    before: before && (await layerActivity(before, x, options)),
    after: await layerActivity(model, x, options),
  }
}

/** The dead filters of each layer that can have such, as drawings take them. */
export const deadByLayer = ({ pictures, before, after }: Activities) =>
  new Map(
    after.flatMap(({ layer, dead }, i) =>
      dead ? [[layer, { pictures, before: before?.[i]?.dead ?? null, after: dead }] as const] : [],
    ),
  )
