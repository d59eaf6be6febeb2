import { formatCount, formatPercent, formatShare } from '../base/format.js'
import { unknownName } from '../base/nearest.js'
import { type ClassResult, mistakes } from '../explain/mistakes.js'
import { type AveragingTestTime, averagingTestTimes } from '../train/test-time/views.js'
import { formatConfusion } from './confusion-table.js'
import type { CliIo } from './io.js'
import { measureModel } from './measured-model.js'
import { formatTable } from './table.js'
import type { TestDataOptions } from './test-data.js'
import { describeAverage } from './test-time.js'
import { settingsOfRun } from './trained-model.js'

export interface EvaluateOptions extends TestDataOptions {
  /** Whether the confusion matrix is printed, too. */
  readonly confusion?: boolean
  /** `flip` or `flip+shift`. Default: what the run was measured with, else `flip`. */
  readonly testTime?: string
  /** Whether the pictures that measured the training's progress are meant instead of the test pictures. */
  readonly validation?: boolean
}

/** Does what `fovea evaluate` is asked for. */
export async function evaluate(path: string, options: EvaluateOptions, io: CliIo): Promise<void> {
  const testTime = await testTimeOf(path, options.testTime)
  const { model, name, classNames, x, y, evaluation } = await measureModel(path, options, io)
  const [, averaged] = await model.evaluate(x, y, { testTime })
  const { logs, predicted, rowLoss } = evaluation
  const { classes, counts } = mistakes({ labels: y.data, predicted, rowLoss, classNames })
  io.out(`[${logs.loss}, ${logs.accuracy}]`)
  io.out(
    `accuracy ${formatShare(logs.accuracy!, y.rows)} on the ${formatCount(y.rows)} ${options.validation ? 'validation' : 'test'} pictures of ${name}`,
  )
  io.out(`${describeAverage(testTime, averaged!, y.rows)}\n`)
  io.out(formatClasses(classes))
  if (options.confusion) io.out(`\n${formatConfusion({ classNames, counts })}`)
}

/** What is measured beside the pictures as they are. */
async function testTimeOf(path: string, given: string | undefined): Promise<AveragingTestTime> {
  if (given === undefined) return (await settingsOfRun(path))?.testTime ?? 'flip'
  const known = averagingTestTimes.find(name => name === given)
  if (known) return known
  throw unknownName('--test-time', given, averagingTestTimes)
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
