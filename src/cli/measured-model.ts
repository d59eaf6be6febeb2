import { Tensor } from '../base/tensor.js'
import type { Examples } from '../data/dataset.js'
import { modelOf, modelPath, readModelFile } from '../node/model-files.js'
import type { Evaluation, Model } from '../train/index.js'
import type { CliIo } from './io.js'
import { checkClasses, loadTestData, type TestDataOptions } from './test-data.js'
import { lossOf } from './trained-model.js'

export interface MeasureOptions extends TestDataOptions {
  readonly threads?: number
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
export async function measureModel(
  path: string,
  { threads, ...options }: MeasureOptions,
  io: CliIo,
): Promise<MeasuredModel> {
  const file = await readModelFile(await modelPath(path))
  const { test, name, classNames } = await loadTestData(path, file, options, io)
  checkClasses(path, file, name, classNames)
  const model = modelOf(file)
  model.compile({ loss: lossOf(file), metrics: ['accuracy'] })
  const x = new Tensor(test.x.data, test.x.shape, file.preprocessing ?? test.x.scaling)
  return {
    model,
    name,
    classNames,
    x,
    y: test.y,
    evaluation: await model.evaluateDetailed(x, test.y, threads === undefined ? {} : { threads }),
  }
}
