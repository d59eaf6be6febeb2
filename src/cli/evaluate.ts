import { formatCount } from '../base/format.js'
import { Tensor } from '../base/tensor.js'
import { modelOf, modelPath, readModelFile } from '../node/model-files.js'
import { formatPercent, formatShare } from './format.js'
import type { CliIo } from './io.js'
import { type ClassResult, countByClass, standardError } from './share.js'
import { formatTable } from './table.js'
import { checkClasses, loadTestData, type TestDataOptions } from './test-data.js'
import { lossOf } from './trained-model.js'

export type EvaluateOptions = TestDataOptions

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
