import { extname, join } from 'node:path'
import { OptionError } from '../../base/errors.js'
import { formatBytes } from '../../base/format.js'
import { unknownName } from '../../base/nearest.js'
import type { Dataset } from '../../data/dataset.js'
import { writeAtomically } from '../../node/atomic-file.js'
import { withFont } from '../../node/page-font.js'
import { entriesOf } from '../../node/run-paths.js'
import { makeReport } from '../../report/report.js'
import { interruptedExitCode } from '../context.js'
import { listenForInterrupt } from '../interruption.js'
import type { CliIo } from '../io.js'
import type { TestDataOptions } from '../test-data.js'
import { subjectOf, type WhichWeights } from './subject.js'

/** The options of `fovea report` as they were given. */
export interface ReportFlags extends TestDataOptions {
  readonly output?: string
  readonly weights: string
}

const whichWeights: readonly WhichWeights[] = ['best', 'last']

/** The report of a run, in its folder. */
export const reportFile = 'report.html'

/** Does what `fovea report` is asked for; returns the exit code. */
export async function report(path: string, flags: ReportFlags, io: CliIo): Promise<number> {
  const weights = whichWeights.find(name => name === flags.weights)
  if (!weights) throw unknownName('weights', flags.weights, whichWeights)
  const output = flags.output ?? (await defaultOutput(path))
  if (extname(output).toLowerCase() !== '.html')
    throw new OptionError(`-o ${output}: a report is a page.`, 'Give a name that ends in .html.')
  const interruption = listenForInterrupt(io, () => io.err('Stopping; nothing is written.'))
  try {
    const place = { path, output, weights, signal: interruption.signal }
    await writeReport({ ...place, data: flags }, io)
    return 0
  } catch (error) {
    if (!interruption.signal.aborted) throw error
    return interruptedExitCode
  } finally {
    interruption.release()
  }
}

const defaultOutput = async (path: string): Promise<string> =>
  (await entriesOf(path)) === null ? reportFile : join(path, reportFile)

export interface ReportTask {
  /** A run folder or a model file. */
  readonly path: string
  readonly output: string
  readonly weights: WhichWeights
  readonly signal: AbortSignal
  readonly data?: TestDataOptions
  /** When it is in memory already. */
  readonly loaded?: Dataset
}

/** Makes the report, showing on a terminal which section is under way, and says where it is. */
export async function writeReport(
  { path, output, weights, signal, data = {}, loaded }: ReportTask,
  io: CliIo,
): Promise<void> {
  const subject = await subjectOf(path, { ...data, weights, ...(loaded && { loaded }) }, io)
  const onSection = (heading: string, number: number, of: number) =>
    io.terminal?.write(`\rReport, section ${number} of ${of}: ${heading}\u001b[K`)
  const page = await makeReport(subject, { signal, onSection }).finally(() =>
    io.terminal?.write('\r\u001b[K'),
  )
  await writeAtomically(output, withFont(page))
  io.out(`Report: ${output} (${formatBytes(page.length)}, opens without a network)`)
}
