import { OptionError } from '../base/errors.js'
import { formatCount } from '../base/format.js'
import { sizeOf } from '../base/shape.js'
import { Tensor } from '../base/tensor.js'
import type { Dataset } from '../data/dataset.js'
import type { ModelFile } from '../io/model-file.js'
import { modelOf, modelPath, readModelFile } from '../node/model-files.js'
import { formatPercent, formatShare } from './format.js'
import type { CliIo } from './io.js'
import { loadData } from './load-data.js'
import { type ClassResult, countByClass, standardError } from './share.js'
import { formatTable } from './table.js'
import { lossOf, settingsOfRun, trainedText } from './trained-model.js'

export interface EvaluateOptions {
  readonly data?: string
  readonly dataset?: string
}

/** Does what `fovea evaluate` is asked for. */
export async function evaluate(path: string, options: EvaluateOptions, io: CliIo): Promise<void> {
  const file = await readModelFile(await modelPath(path))
  const { test, name, classNames } = await loadTestData(path, file, options, io)
  checkClasses(path, file, name, classNames)
  const model = modelOf(file)
  model.compile({
    loss: lossOf(file),
    metrics: ['accuracy'],
  })
  const x = new Tensor(test.x.data, test.x.shape, file.preprocessing ?? test.x.scaling)
  const { logs, predicted } = await model.evaluateDetailed(x, test.y)
  const { rows } = test.x
  io.out(`[${logs.loss}, ${logs.accuracy}]`)
  io.out(
    `accuracy ${formatShare(logs.accuracy!, rows)} on the ${formatCount(rows)} test pictures of ${name}\n`,
  )
  io.out(formatClasses(countByClass(test.y.data, predicted, classNames)))
}

/** The data set the model was trained on, unless another is asked for. */
async function loadTestData(
  path: string,
  file: ModelFile,
  options: EvaluateOptions,
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

const formatClasses = (results: readonly ClassResult[]): string =>
  formatTable(
    ['class', 'pictures', 'right', 'recall', 'std. error', 'precision'],
    results.map(({ className, pictures, right, predicted }) => [
      className,
      formatCount(pictures),
      formatCount(right),
      formatPercent(right / pictures),
      formatPercent(standardError(right / pictures, pictures)),
      formatPercent(right / predicted),
    ]),
  )
