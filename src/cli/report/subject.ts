import { basename, join } from 'node:path'
import { FileError } from '../../base/errors.js'
import { formatCount } from '../../base/format.js'
import type { Dataset } from '../../data/dataset.js'
import { layOutGraph } from '../../node/layout-graph.js'
import { modelOf, modelPath, readModelFile } from '../../node/model-files.js'
import { RunFolder } from '../../node/run-folder.js'
import { entriesOf, runFiles } from '../../node/run-paths.js'
import type { ReportSubject } from '../../report/subject.js'
import type { History } from '../../train/history.js'
import { Model } from '../../train/model.js'
import { checkClasses } from '../check-classes.js'
import type { CliIo } from '../io.js'
import { factsOfDataset } from '../plot/run-facts.js'
import { loadTestData, type TestDataOptions } from '../test-data.js'
import { lossOf, settingsOfRun } from '../trained-model.js'
import { describeOptimizer, describeTreatment } from '../training/describe.js'
import type { TrainSettings } from '../training/settings.js'
import { trainingParts } from '../training/training-parts.js'

/** `best`: of the epoch with the lowest validation loss. `last`: as training ended. */
export type WhichWeights = 'best' | 'last'

export interface SubjectOptions extends TestDataOptions {
  readonly weights: WhichWeights
  /** When it is in memory already. */
  readonly loaded?: Dataset
}

/** All that a report says of the run folder or the model file at `path`. */
export async function subjectOf(path: string, options: SubjectOptions, io: CliIo): Promise<ReportSubject> {
  const chosen = await chooseFile(path, options.weights)
  const file = await readModelFile(chosen)
  const dataset = options.loaded ?? (await loadTestData(path, file, options, io))
  checkClasses(path, file, dataset)
  const settings = await settingsOfRun(path)
  const { history, notes } = await historyOf(path)
  const { x, y, files } = dataset.test
  const model = modelOf(file)
  model.compile({ loss: lossOf(file), metrics: ['accuracy'] })
  return {
    title: basename(path.replace(/[\\/]+$/, '')),
    model,
    before: settings ? new Model(file.network, { seed: settings.seed }) : undefined,
    history,
    test: { x: x.withScaling(file.preprocessing ?? x.scaling), y, ...(files && { files }) },
    classNames: dataset.classNames,
    augmented: settings ? augmentedOf(settings, dataset) : undefined,
    curveFacts: settings ? factsOfDataset(settings, dataset) : undefined,
    layout: layOutGraph,
    facts: [['data set', dataset.name], ...(settings ? factsOf(settings) : [])],
    notes: [...weightsNote(chosen, history), ...notes],
  }
}

/** Undefined where the data set is another than the run was trained on. */
function augmentedOf(settings: TrainSettings, dataset: Dataset) {
  const { augment, seed, dataset: name } = settings
  if (dataset.name !== name) return undefined
  return { augment, seed, train: trainingParts(dataset, settings).train }
}

/** The best weights of a run where there are some; else the last. */
async function chooseFile(path: string, weights: WhichWeights): Promise<string> {
  const hasBest = (await entriesOf(path))?.includes(runFiles.best) ?? false
  return weights === 'best' && hasBest ? join(path, runFiles.best) : modelPath(path)
}

/** A report without curves is a report all the same: what is missing is said. */
async function historyOf(path: string): Promise<{ history: History | undefined; notes: string[] }> {
  if ((await entriesOf(path)) === null) return { history: undefined, notes: [] }
  try {
    return { history: await (await RunFolder.open(path)).history(), notes: [] }
  } catch (error) {
    if (error instanceof FileError) return { history: undefined, notes: [error.problem] }
    throw error
  }
}

function weightsNote(file: string, history: History | undefined): string[] {
  if (basename(file) !== runFiles.best || !history?.best) return []
  const { epoch, monitor, value } = history.best
  return [
    `The weights are those of epoch ${epoch + 1}, which had the lowest ${monitor} (${value.toFixed(4)}).`,
  ]
}

function factsOf(settings: TrainSettings): [string, string][] {
  const { recipe, model, optimizer, batchSize, seed } = settings
  const treatment = describeTreatment(settings)
  return [
    ['recipe', recipe],
    ['network', model],
    ['optimizer', describeOptimizer(optimizer)],
    ['batch size', formatCount(batchSize)],
    ...(treatment.length > 0 ? [['against overfitting', treatment.join('; ')] as [string, string]] : []),
    ['seed', String(seed)],
  ]
}
