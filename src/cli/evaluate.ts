import { formatCount, formatPercent, formatShare } from '../base/format.js'
import { type ClassResult, mistakes } from '../explain/mistakes.js'
import { formatConfusion } from './confusion-table.js'
import type { CliIo } from './io.js'
import { measureModel } from './measured-model.js'
import { formatTable } from './table.js'
import type { TestDataOptions } from './test-data.js'

export interface EvaluateOptions extends TestDataOptions {
  /** Whether the confusion matrix is printed, too. */
  readonly confusion?: boolean
}

/** Does what `fovea evaluate` is asked for. */
export async function evaluate(path: string, options: EvaluateOptions, io: CliIo): Promise<void> {
  const { name, classNames, y, evaluation } = await measureModel(path, options, io)
  const { logs, predicted, rowLoss } = evaluation
  const { classes, counts } = mistakes({ labels: y.data, predicted, rowLoss, classNames })
  io.out(`[${logs.loss}, ${logs.accuracy}]`)
  io.out(
    `accuracy ${formatShare(logs.accuracy!, y.rows)} on the ${formatCount(y.rows)} test pictures of ${name}\n`,
  )
  io.out(formatClasses(classes))
  if (options.confusion) io.out(`\n${formatConfusion({ classNames, counts })}`)
}

/** A line for each class. */
export const formatClasses = (results: readonly ClassResult[]): string =>
  formatTable(
    ['class', 'pictures', 'right', 'recall', 'std. error', 'precision', 'std. error'],
    results.map(({ className, pictures, right, recall, precision }) => [
      className,
      formatCount(pictures),
      formatCount(right),
      formatPercent(recall.value),
      formatPercent(recall.standardError),
      formatPercent(precision.value),
      formatPercent(precision.standardError),
    ]),
  )
