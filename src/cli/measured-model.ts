import type { Rows } from '../base/rows.js'
import type { Examples } from '../data/dataset.js'
import { modelOf, modelPath, readModelFile } from '../node/model-files.js'
import type { Evaluation, Model } from '../train/index.js'
import type { CliIo } from './io.js'
import { checkClasses, loadTestData, type TestDataOptions } from './test-data.js'
import { lossOf } from './trained-model.js'
import { validationPart } from './validation-part.js'

export interface MeasureOptions extends TestDataOptions {
  readonly threads?: number
  /** Whether the pictures that measured the training's progress are meant instead of the test pictures. */
  readonly validation?: boolean
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
  readonly evaluation: Evaluation
}

/** Measures the model of a run folder or a model file on the test pictures of its data set, or of another. */
export async function measureModel(
  path: string,
  { threads, validation = false, ...options }: MeasureOptions,
  io: CliIo,
): Promise<MeasuredModel> {
  const file = await readModelFile(await modelPath(path))
  const dataset = await loadTestData(path, file, options, io)
  const { name, classNames } = dataset
  checkClasses(path, file, name, classNames)
  const model = modelOf(file)
  model.compile({ loss: lossOf(file), metrics: ['accuracy'] })
  const { x: pictures, y } = validation ? await validationPart(path, dataset) : dataset.test
  const x = pictures.withScaling(file.preprocessing ?? pictures.scaling)
  return {
    model,
    name,
    classNames,
    x,
    y,
    evaluation: await model.evaluateDetailed(x, y, threads === undefined ? {} : { threads }),
  }
}
