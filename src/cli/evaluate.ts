import { formatCount, formatPercent, formatShare } from '../base/format.js'
import { unknownName } from '../base/nearest.js'
import { type ClassResult, mistakes } from '../explain/mistakes.js'
import { countOf } from '../node/folder/passed-over.js'
import { showName } from '../node/folder/show-name.js'
import { type TestTime, testTimes } from '../train/test-time/views.js'
import { formatConfusion } from './confusion-table.js'
import type { CliIo } from './io.js'
import { measureModel } from './measured-model.js'
import { formatTable } from './table.js'
import type { TestDataOptions } from './test-data.js'
import { describeAverage } from './test-time.js'
import { settingsOfRun } from './trained-model.js'
import { formatWorst } from './worst-table.js'

export interface EvaluateOptions extends TestDataOptions {
  /** Whether the confusion matrix is printed, too. */
  readonly confusion?: boolean
  /** `none`, `flip` or `flip+shift`. Default: what the run was measured with, else `flip`. */
  readonly testTime?: string
  /** Whether the pictures that measured the training's progress are meant instead of the test pictures. */
  readonly validation?: boolean
  /** How many pictures with the highest loss are named, where they are files. Default 10. */
  readonly worst?: number
}

/** Does what `fovea evaluate` is asked for. */
export async function evaluate(
  path: string,
  place: string | undefined,
  { worst: shown = worstShown, ...options }: EvaluateOptions,
  io: CliIo,
): Promise<void> {
  const testTime = await testTimeOf(path, options.testTime)
  const measured = await measureModel(path, { ...options, place }, io)
  const { model, name, classNames, x, y, files, evaluation } = measured
  const { logs, predicted, rowLoss } = evaluation
  const { classes, counts, worst } = mistakes({ labels: y.data, predicted, rowLoss, classNames, top: shown })
  const which = place === undefined ? (options.validation ? 'validation ' : 'test ') : ''
  io.out(`[${logs.loss}, ${logs.accuracy}]`)
  io.out(
    `accuracy ${formatShare(logs.accuracy!, y.rows)} on the ${countOf(y.rows, `${which}picture`)} of ${name}`,
  )
  if (testTime !== 'none') {
    const [, averaged] = await model.evaluate(x, y, { testTime })
    io.out(describeAverage(testTime, averaged!, y.rows))
  }
  io.out(`\n${formatClasses(classes)}`)
  if (options.confusion ?? (files !== undefined && classNames.length <= shownUnasked))
    io.out(`\n${formatConfusion({ classNames, counts })}`)
  if (files) io.out(`\n${formatWorst({ worst, classNames }, files)}`)
}

const worstShown = 10

/** The confusion matrix of more classes is shown only where it is asked for. */
const shownUnasked = 12

/** What is measured beside the pictures as they are. */
async function testTimeOf(path: string, given: string | undefined): Promise<TestTime> {
  if (given === undefined) return (await settingsOfRun(path))?.testTime ?? 'flip'
  const known = testTimes.find(name => name === given)
  if (known) return known
  throw unknownName('--test-time', given, testTimes)
}

/** A line for each class. */
export const formatClasses = (results: readonly ClassResult[]): string =>
  formatTable(
    ['class', 'pictures', 'right', 'recall', 'std. error', 'precision', 'std. error'],
    results.map(({ className, pictures, right, recall, precision }) => [
      showName(className),
      formatCount(pictures),
      formatCount(right),
      formatPercent(recall.value),
      formatPercent(recall.standardError),
      formatPercent(precision.value),
      formatPercent(precision.standardError),
    ]),
  )
