import { statSync } from 'node:fs'
import { dirname, extname, resolve } from 'node:path'
import { OptionError } from '../base/errors.js'
import { trainingFacts } from '../classify/training-facts.js'
import type { Dataset } from '../data/dataset.js'
import type { ModelFile } from '../io/model-file.js'
import { datasetNames } from '../node/load-dataset.js'
import { shellWord } from '../node/shell-word.js'
import type { CliIo } from './io.js'
import { loadData } from './load-data.js'
import { whereTheyWere } from './moved-pictures.js'
import { type DataSource, isDatasetName, namedSource } from './source/data-source.js'
import { settingsOfRun } from './trained-model.js'
import { changeOfPictures } from './training/same-pictures.js'
import type { TrainSettings } from './training/settings.js'

export interface TestDataOptions {
  readonly data?: string
  readonly dataset?: string
}

/** The data set the model was trained on, unless another is asked for. */
export async function loadTestData(
  path: string,
  file: ModelFile,
  options: TestDataOptions,
  io: CliIo,
): Promise<Dataset> {
  const source = await testSource(path, file, options)
  const load = () => loadData(source, io, { runs: runsOf(path) })
  const dataset = await (options.data === undefined ? whereTheyWere(source, load) : load())
  const change = 'fingerprint' in source ? changeOfPictures(path, source, dataset) : null
  if (change !== null) io.err(`${change} What it has learned may be among the test pictures of now.`)
  return dataset
}

async function testSource(
  path: string,
  file: ModelFile,
  { data, dataset }: TestDataOptions,
): Promise<DataSource | TrainSettings> {
  const settings = await settingsOfRun(path)
  const trainedOn = settings?.dataset ?? trainingFacts(file.training)?.dataset ?? undefined
  if (dataset !== undefined && dataset !== trainedOn) {
    refusePlace(path, dataset)
    return namedSource(dataset, data)
  }
  if (settings) return data === undefined ? settings : { ...settings, data: resolve(data) }
  // A folder may be called as a data set is; only its pictures were fitted.
  if (trainedOn !== undefined && file.pictureFit === undefined && isDatasetName(trainedOn))
    return namedSource(trainedOn, data)
  throw new OptionError(
    trainedOn === undefined
      ? `${path} does not say which data set it was trained on.`
      : `${path} was trained on pictures of a folder (${trainedOn}), but it is no run folder, which knows where that is.`,
    'Give --dataset NAME, or measure it on other pictures: npx fovea evaluate MODEL photos/',
  )
}

/** `--dataset` takes names alone; where there is a folder or file of this name, its pictures were meant. */
function refusePlace(path: string, dataset: string): void {
  if (isDatasetName(dataset) || !statSync(dataset, { throwIfNoEntry: false })) return
  throw new OptionError(
    `--dataset takes the name of a data set (${datasetNames.join(', ')}), but "${dataset}" is a place.`,
    `Measure it on pictures of your own by: npx fovea evaluate ${shellWord(path)} ${shellWord(dataset)}`,
  )
}

/** The folder of runs that a run folder, or a file in one, lies in. */
export const runsOf = (path: string): string =>
  extname(path) === '.safetensors' ? dirname(dirname(resolve(path))) : dirname(resolve(path))
