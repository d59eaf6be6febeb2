import { OptionError } from '../base/errors.js'
import type { Rows } from '../base/rows.js'
import type { Examples } from '../data/dataset.js'
import type { ModelFile } from '../io/model-file.js'
import { folderExamples } from '../node/folder-data/folder-dataset.js'
import { folderNotices } from '../node/folder-data/folder-notices.js'
import { modelOf, modelPath, readModelFile } from '../node/model-files.js'
import type { PictureFormat } from '../node/picture-store/picture-format.js'
import type { Evaluation, Model } from '../train/index.js'
import { checkClasses, leftOut, noneKnown } from './check-classes.js'
import type { CliIo } from './io.js'
import { loadFolder } from './source/load-folder.js'
import { loadTestData, runsOf, type TestDataOptions } from './test-data.js'
import { lossOf } from './trained-model.js'
import { validationPart } from './validation-part.js'

export interface MeasureOptions extends TestDataOptions {
  readonly threads?: number
  /** Whether the pictures that measured the training's progress are meant instead of the test pictures. */
  readonly validation?: boolean
  /** A folder, a CSV file or a glob whose pictures are meant instead of those of the data set. */
  readonly place?: string | undefined
}

/** A model and what it says about pictures it was not trained on. */
export interface MeasuredModel {
  readonly model: Model
  /** The data set's. */
  readonly name: string
  readonly classNames: readonly string[]
  /** Pictures are scaled as the model knows them. */
  readonly x: Rows<Uint8Array>
  readonly y: Examples['y']
  readonly files: Examples['files']
  readonly evaluation: Evaluation
}

/** Measures the model of a run folder or a model file on pictures it was not trained on. */
export async function measureModel(
  path: string,
  { threads, ...options }: MeasureOptions,
  io: CliIo,
): Promise<MeasuredModel> {
  const file = await readModelFile(await modelPath(path))
  const { name, classNames, examples } = await examplesFor(path, file, options, io)
  const model = modelOf(file)
  model.compile({ loss: lossOf(file), metrics: ['accuracy'] })
  const { x: pictures, y, files } = examples
  const x = pictures.withScaling(file.preprocessing ?? pictures.scaling)
  const evaluation = await model.evaluateDetailed(x, y, threads === undefined ? {} : { threads })
  return { model, name, classNames, x, y, files, evaluation }
}

/** Pictures to measure a model on. */
interface MeasuredExamples {
  readonly name: string
  readonly classNames: readonly string[]
  readonly examples: Examples
}

/** Those of a place, or of the data set the model was made for, or of another data set. */
async function examplesFor(
  path: string,
  file: ModelFile,
  { place, validation = false, ...options }: MeasureOptions,
  io: CliIo,
): Promise<MeasuredExamples> {
  if (place !== undefined) return placeExamples(place, { path, file, ...options, validation }, io)
  const dataset = await loadTestData(path, file, options, io)
  const { name, classNames } = dataset
  checkClasses(path, file, dataset)
  return { name, classNames, examples: validation ? await validationPart(path, dataset) : dataset.test }
}

interface PlaceRequest extends MeasureOptions {
  readonly path: string
  readonly file: ModelFile
}

/** All pictures of a place, brought to the model's format, with the model's labels by the names of their classes. */
async function placeExamples(
  place: string,
  { path, file, data, dataset, validation }: PlaceRequest,
  io: CliIo,
): Promise<MeasuredExamples> {
  if (data !== undefined || dataset !== undefined || validation)
    throw new OptionError(
      `${place} says which pictures to measure on: --data, --dataset and --validation do too.`,
      'Leave one of them out.',
    )
  if (!file.classNames)
    throw new OptionError(
      `${path} does not say what its classes are called, so labels cannot be told.`,
      'Give a model that "fovea train" made: it keeps their names.',
    )
  const format = formatOf(file, path)
  const folder = await loadFolder(place, format, io, { terminal: io.terminal, runs: runsOf(path) })
  for (const notice of folderNotices(folder)) io.err(notice)
  const { classNames } = folder.listing
  const examples = folderExamples(folder, file.classNames)
  if (examples.x.rows === 0) throw noneKnown(place, path, file.classNames, classNames)
  const strangers = leftOut(file.classNames, classNames)
  if (strangers !== null) io.err(strangers)
  return { name: folder.name, classNames: file.classNames, examples }
}

/** What pictures have to become for a model. */
function formatOf({ network, pictureFit = 'stretch' }: ModelFile, path: string): PictureFormat {
  const [height, width, channels] = network.inputShape
  if (height && width && network.inputShape.length === 3 && (channels === 1 || channels === 3))
    return { height, width, channels, fit: pictureFit }
  throw new OptionError(
    `${path}: the network does not take pictures of height×width×1 or ×3.`,
    'Give a model that was trained on pictures.',
  )
}
