import { OptionError } from '../base/errors.js'
import { sizeOf } from '../base/shape.js'
import { Tensor } from '../base/tensor.js'
import type { Dataset, Examples } from '../data/dataset.js'
import type { ModelFile } from '../io/model-file.js'
import { modelOf, modelPath, readModelFile } from '../node/model-files.js'
import type { Evaluation, Model } from '../train/index.js'
import type { CliIo } from './io.js'
import { loadData } from './load-data.js'
import { lossOf, settingsOfRun, trainedText } from './trained-model.js'

export interface MeasureOptions {
  readonly data?: string
  readonly dataset?: string
}

/** A model and what it says about the test pictures. */
export interface MeasuredModel {
  readonly model: Model
  /** The data set's. */
  readonly name: string
  readonly classNames: readonly string[]
  /** Pictures are scaled as the model knows them. */
  readonly x: Tensor<Uint8Array>
  readonly y: Examples['y']
  readonly evaluation: Evaluation
}

/** Measures the model of a run folder or a model file on the test pictures of its data set, or of another. */
export async function measureModel(path: string, options: MeasureOptions, io: CliIo): Promise<MeasuredModel> {
  const file = await readModelFile(await modelPath(path))
  const { test, name, classNames } = await loadTestData(path, file, options, io)
  checkClasses(path, file, name, classNames)
  const model = modelOf(file)
  model.compile({ loss: lossOf(file), metrics: ['accuracy'] })
  const x = new Tensor(test.x.data, test.x.shape, file.preprocessing ?? test.x.scaling)
  return { model, name, classNames, x, y: test.y, evaluation: await model.evaluateDetailed(x, test.y) }
}

/** The data set the model was trained on, unless another is asked for. */
async function loadTestData(
  path: string,
  file: ModelFile,
  options: MeasureOptions,
  io: CliIo,
): Promise<Dataset> {
  const name = options.dataset ?? trainedText(file, 'dataset')
  if (name === undefined)
    throw new OptionError(`${path} does not say which data set it was trained on.`, 'Give --dataset NAME.')
  const place = options.data ?? (options.dataset === undefined ? (await settingsOfRun(path))?.data : null)
  return loadData(name, io, { data: place ?? null })
}

/** A model can only be measured on the classes it was made for. */
function checkClasses(path: string, file: ModelFile, name: string, classNames: readonly string[]): void {
  const outputs = sizeOf(file.network.outputShape)
  if (outputs !== classNames.length)
    throw new OptionError(`${path} tells ${outputs} classes apart, but ${name} has ${classNames.length}.`)
  const own = file.classNames ?? classNames
  if (own.join() !== classNames.join())
    throw new OptionError(`${path} knows ${list(own)}, but ${name} has ${list(classNames)}.`)
}

const list = (names: readonly string[]): string =>
  names.length > 3 ? `${names.slice(0, 3).join(', ')}, …` : names.join(', ')
