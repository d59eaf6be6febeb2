import type { Dataset } from '../../data/dataset.js'
import { classOfRows } from '../../data/labels.js'
import { validationStart } from '../../data/split.js'
import type { DiagnoseOptions } from '../../explain/diagnosis/input.js'
import { isDatasetAtHand } from '../../node/load-dataset.js'
import type { CliIo } from '../io.js'
import { loadData } from '../load-data.js'
import type { TrainSettings } from '../training/settings.js'

/** What a run's settings and its data set say beside its curves. Nothing is downloaded for it. */
export async function factsOfRun(settings: TrainSettings, io: CliIo): Promise<DiagnoseOptions> {
  const { dataset: name, data } = settings
  if (!(await isDatasetAtHand(name, data)))
    return leftOut(settings, io, `The files of ${name} are not at hand`)
  const dataset = await loadData(name, io, { data }).catch((error: Error) => error)
  if (dataset instanceof Error) return leftOut(settings, io, `The files of ${name} cannot be read`)
  return factsOfDataset(settings, dataset)
}

/** The same where the data set is in memory. */
export function factsOfDataset(settings: TrainSettings, { train, classNames }: Dataset): DiagnoseOptions {
  const facts = { ...rateOf(settings), classes: classNames.length }
  const labels = classOfRows(train.y)
  if (!labels || settings.validationSplit === 0) return { ...facts, trainRows: train.y.rows }
  const at = validationStart(labels.length, settings.validationSplit)
  const parts = { train: labels.subarray(0, at), validation: labels.subarray(at) }
  return { ...facts, trainRows: at, validationRows: labels.length - at, labels: parts }
}

function leftOut(settings: TrainSettings, io: CliIo, why: string): DiagnoseOptions {
  io.err(`${why}: what needs their classes is left out.`)
  return rateOf(settings)
}

function rateOf({ optimizer }: TrainSettings): DiagnoseOptions {
  const { learningRate } = optimizer.options
  return typeof learningRate === 'number' ? { learningRate } : {}
}
