import { classOfRows } from '../../data/labels.js'
import { validationStart } from '../../data/split.js'
import type { DiagnoseOptions } from '../../explain/diagnosis/input.js'
import { isDatasetAtHand } from '../../node/load-dataset.js'
import type { CliIo } from '../io.js'
import { loadData } from '../load-data.js'
import type { TrainSettings } from '../training/settings.js'

/** What a run's settings and data set say beside its curves. Nothing is downloaded for it. */
export async function factsOfRun(settings: TrainSettings, io: CliIo): Promise<DiagnoseOptions> {
  const { learningRate } = settings.optimizer.options
  const rate = typeof learningRate === 'number' ? { learningRate } : {}
  return { ...rate, ...(await factsOfData(settings, io)) }
}

async function factsOfData(settings: TrainSettings, io: CliIo): Promise<DiagnoseOptions> {
  const { dataset: name, data, validationSplit } = settings
  if (!(await isDatasetAtHand(name, data))) return leftOut(io, `The files of ${name} are not at hand`)
  const dataset = await loadData(name, io, { data }).catch((error: Error) => error)
  if (dataset instanceof Error) return leftOut(io, `The files of ${name} cannot be read`)
  const classes = dataset.classNames.length
  const labels = classOfRows(dataset.train.y)
  if (!labels || validationSplit === 0) return { classes, trainRows: dataset.train.y.rows }
  const at = validationStart(labels.length, validationSplit)
  const parts = { train: labels.subarray(0, at), validation: labels.subarray(at) }
  return { classes, trainRows: at, validationRows: labels.length - at, labels: parts }
}

function leftOut(io: CliIo, why: string): DiagnoseOptions {
  io.err(`${why}: what needs their classes is left out.`)
  return {}
}
