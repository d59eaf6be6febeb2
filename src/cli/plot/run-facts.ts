import { dirname } from 'node:path'
import type { Dataset } from '../../data/dataset.js'
import { classOfRows } from '../../data/labels.js'
import type { DiagnoseOptions } from '../../explain/diagnosis/input.js'
import { sharedBetween } from '../../explain/leakage.js'
import { layerShares } from '../../explain/shape-chain.js'
import { isDatasetAtHand } from '../../node/load-dataset.js'
import { readModelFile } from '../../node/model-files.js'
import type { RunFolder } from '../../node/run-folder.js'
import type { CliIo } from '../io.js'
import { loadData } from '../load-data.js'
import { readSettings } from '../training/read-settings.js'
import type { TrainSettings } from '../training/settings.js'
import { trainingParts } from '../training/training-parts.js'

/** What a run's settings and data set say beside its curves. Nothing is downloaded for it. */
export async function factsOfRun(run: RunFolder, io: CliIo): Promise<DiagnoseOptions> {
  const settings = readSettings(await run.config(), run.file('config'))
  const { dataset: name, data, folder } = settings
  const known = { ...rateOf(settings), ...(await factsOfModel(run)) }
  if (!folder && !(await isDatasetAtHand(name, data))) {
    io.err(leftOut(`The files of ${name} are not at hand`))
    return known
  }
  const dataset = await loadData(settings, io, { runs: dirname(run.path) }).catch((error: Error) => error)
  if (!(dataset instanceof Error)) return { ...known, ...factsOfDataset(settings, dataset) }
  io.err(leftOut(`The files of ${name} cannot be read`))
  return known
}

/** The same with the data set at hand. */
export function factsOfDataset(settings: TrainSettings, dataset: Dataset): DiagnoseOptions {
  const { classNames } = dataset
  const { train, validation } = trainingParts(dataset, settings)
  const known = { ...rateOf(settings), classNames, trainRows: train.x.rows }
  const labels = classOfRows(train.y)
  const measured = validation && classOfRows(validation.y)
  if (!labels || !measured) return known
  return {
    ...known,
    validationRows: measured.length,
    labels: { train: labels, validation: measured },
    sharedRows: sharedBetween(train.x, validation.x),
  }
}

/** The network is in the model file, and the classes' names; a run that has made no checkpoint has none. */
async function factsOfModel(run: RunFolder): Promise<DiagnoseOptions> {
  const model = await readModelFile(run.file('last')).catch(() => null)
  if (!model) return {}
  const { network, classNames } = model
  return { costs: layerShares(network), ...(classNames && { classNames }) }
}

function rateOf({ optimizer }: TrainSettings): DiagnoseOptions {
  const { learningRate } = optimizer.options
  return typeof learningRate === 'number' ? { learningRate } : {}
}

const leftOut = (why: string): string =>
  `${why}: whether both parts hold the same classes or the same pictures is left out.`
