import type { Dataset } from '../../data/dataset.js'
import { classOfRows } from '../../data/labels.js'
import { validationStart } from '../../data/split.js'
import type { DiagnoseOptions } from '../../explain/diagnosis/input.js'
import { sharedPictures } from '../../explain/leakage.js'
import { layerShares } from '../../explain/shape-chain.js'
import { isDatasetAtHand } from '../../node/load-dataset.js'
import { readModelFile } from '../../node/model-files.js'
import type { RunFolder } from '../../node/run-folder.js'
import type { CliIo } from '../io.js'
import { loadData } from '../load-data.js'
import { firstPictures } from '../training/first-pictures.js'
import { readSettings } from '../training/read-settings.js'
import type { TrainSettings } from '../training/settings.js'

/** What a run's settings and data set say beside its curves. Nothing is downloaded for it. */
export async function factsOfRun(run: RunFolder, io: CliIo): Promise<DiagnoseOptions> {
  const settings = readSettings(await run.config(), run.file('config'))
  const { dataset: name, data } = settings
  const known = { ...rateOf(settings), ...(await factsOfModel(run)) }
  if (!(await isDatasetAtHand(name, data))) {
    io.err(leftOut(`The files of ${name} are not at hand`))
    return known
  }
  const dataset = await loadData(name, io, { data }).catch((error: Error) => error)
  if (!(dataset instanceof Error)) return { ...known, ...factsOfDataset(settings, dataset) }
  io.err(leftOut(`The files of ${name} cannot be read`))
  return known
}

/** The same with the data set in memory. */
export function factsOfDataset(settings: TrainSettings, dataset: Dataset): DiagnoseOptions {
  const { train, classNames } = firstPictures(dataset, settings.pictures)
  const { validationSplit } = settings
  const known = { ...rateOf(settings), classNames }
  const labels = classOfRows(train.y)
  if (!labels || validationSplit === 0) return { ...known, trainRows: train.y.rows }
  const at = validationStart(labels.length, validationSplit)
  const parts = { train: labels.subarray(0, at), validation: labels.subarray(at) }
  const sharedRows = sharedPictures(train.x, at)
  return { ...known, trainRows: at, validationRows: labels.length - at, labels: parts, sharedRows }
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
