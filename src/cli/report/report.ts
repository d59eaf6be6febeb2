import { extname, join } from 'node:path'
import { FoveaError, OptionError } from '../../base/errors.js'
import { formatBytes } from '../../base/format.js'
import { unknownName } from '../../base/nearest.js'
import type { Dataset } from '../../data/dataset.js'
import { writeAtomically } from '../../node/atomic-file.js'
import { withFont } from '../../node/page-font.js'
import { entriesOf } from '../../node/run-paths.js'
import { shellWord } from '../../node/shell-word.js'
import { makeReport } from '../../report/report.js'
import { interruptedExitCode } from '../context.js'
import { listenForInterrupt } from '../interruption.js'
import type { CliIo } from '../io.js'
import { checkFolder } from '../output.js'
import type { TestDataOptions } from '../test-data.js'
import { subjectOf, type WhichWeights } from './subject.js'

/** The options of `fovea report` as they were given. */
export interface ReportFlags extends TestDataOptions {
  readonly output?: string
  readonly weights: string
  readonly threads?: number
}

const whichWeights: readonly WhichWeights[] = ['best', 'last']

/** The report of a run, in its folder. */
const reportFile = 'report.html'

/** Does what `fovea report` is asked for; returns the exit code. */
export async function report(path: string, flags: ReportFlags, io: CliIo): Promise<number> {
  const weights = whichWeights.find(name => name === flags.weights)
  if (!weights) throw unknownName('weights', flags.weights, whichWeights)
  const output = flags.output ?? (await defaultOutput(path))
  if (extname(output).toLowerCase() !== '.html')
    throw new OptionError(`-o ${output}: a report is a page.`, 'Give a name that ends in .html.')
  checkFolder(output)
  const interruption = listenForInterrupt(io, () => io.err('Stopping; nothing is written.'))
  try {
    const { signal } = interruption
    io.out(await writeReport({ path, output, weights, signal, data: flags, threads: flags.threads }, io))
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
  readonly threads?: number | undefined
}

/** Makes the report, showing on a terminal which section is under way. Returns a sentence that says where it is. */
async function writeReport(
  { path, output, weights, signal, data = {}, loaded, threads }: ReportTask,
  io: CliIo,
): Promise<string> {
  const subject = await subjectOf(path, { ...data, weights, ...(loaded && { loaded }) }, io)
  const onSection = (heading: string, number: number, of: number) =>
    io.terminal?.write(`\rReport, section ${number} of ${of}: ${heading}\u001b[K`)
  const page = await makeReport(subject, {
    signal,
    onSection,
    ...(threads !== undefined && { threads }),
  }).finally(() => io.terminal?.write('\r\u001b[K'))
  await writeAtomically(output, withFont(page))
  return `Report: ${output} (${formatBytes(page.length)}, opens without a network)`
}

/**
 * Makes the report of a run that came to its end; null where that was interrupted. The run is done all the same: what goes
 * wrong with its report is said, and how to make it later.
 */
export async function reportRun(
  path: string,
  loaded: Dataset,
  signal: AbortSignal,
  io: CliIo,
): Promise<string | null> {
  const task = { path, output: join(path, reportFile), weights: 'best', loaded, signal } as const
  try {
    return await writeReport(task, io)
  } catch (error) {
    if (!signal.aborted && !(error instanceof FoveaError)) throw error
    const why = error instanceof FoveaError ? ` (${error.problem})` : ''
    io.err(`The report was not written${why}. Make it later: npx fovea report ${shellWord(path)}`)
    return null
  }
}
