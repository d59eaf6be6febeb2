import { extname } from 'node:path'
import { OptionError } from '../../base/errors.js'
import { formatCount } from '../../base/format.js'
import type { Classifier } from '../../classify/classifier.js'
import { loadClassifier } from '../../node/load-classifier.js'
import { interruptedExitCode } from '../context.js'
import { listenForInterrupt } from '../interruption.js'
import type { CliIo } from '../io.js'
import { checkFolder } from '../output.js'
import { type Answered, answer } from './answer.js'
import { answerTable } from './answer-table.js'
import type { AskedPictures } from './asked-picture.js'
import { findAsked } from './find-asked.js'
import { type AnswerListener, answerFile, csvLines, jsonLines } from './listeners.js'
import { ProgressLine } from './progress-line.js'
import { Tally } from './tally.js'

export interface PredictOptions {
  readonly json?: boolean
  readonly csv?: boolean
  /** Answers for a picture. */
  readonly top: number
  /** A `.csv` or `.json` file to write; the table is then left out. */
  readonly output?: string
}

/**
 * Does what `fovea predict` is asked for.
 *
 * @param path a run folder or a model file
 * @param places see `findAsked`
 * @returns the exit code: 0, 1 where a picture could not be read, 130 after Ctrl-C
 */
export async function predict(
  path: string,
  places: readonly string[],
  options: PredictOptions,
  io: CliIo,
): Promise<number> {
  checkOptions(options)
  const classifier = await loadClassifier(path)
  const interruption = listenForInterrupt(io, () =>
    io.err('Stopping with what is known. Ctrl-C again quits at once.'),
  )
  try {
    const asked = await findAsked(places, io, interruption.signal)
    const listeners = await listenersFor(classifier, asked, options, io)
    const tally = await tellAll(classifier, asked, listeners, interruption.signal, io)
    conclude(tally, asked, options, io)
    if (interruption.signal.aborted) return interruptedExitCode
    return tally.failed > 0 ? 1 : 0
  } finally {
    interruption.release()
  }
}

function checkOptions({ json, csv, output }: PredictOptions): void {
  if (json && csv) throw new OptionError('predict: --json and --csv cannot both be printed.', 'Give either.')
  if (output === undefined) return
  if (!['.csv', '.json'].includes(extname(output).toLowerCase()))
    throw new OptionError(
      `-o ${output}: it is not clear from the name what should be written.`,
      'Give a name that ends in .csv or .json.',
    )
  checkFolder(output)
}

async function listenersFor(
  classifier: Classifier<never>,
  { names }: AskedPictures,
  { json, csv, top, output }: PredictOptions,
  io: CliIo,
): Promise<AnswerListener[]> {
  const { classNames, file } = classifier
  const table = () => answerTable(io, { names, classNames, top, calibrated: file.calibration !== undefined })
  const files = output === undefined ? [] : [await answerFile(output, top)]
  if (json) return [jsonLines(io, top), ...files]
  if (csv) return [csvLines(io), ...files]
  return files.length > 0 ? files : [table()]
}

/** Tells the answers to everybody, and errors to the person, until there are no more or the signal is aborted. */
async function tellAll(
  classifier: Classifier<never>,
  asked: AskedPictures,
  listeners: readonly AnswerListener[],
  signal: AbortSignal,
  io: CliIo,
): Promise<Tally> {
  const tally = new Tally()
  const total = asked.names?.length ?? null
  const progress = new ProgressLine(io.terminal, total)
  try {
    for await (const answered of answer(classifier, asked, signal)) {
      tally.add(answered)
      progress.clear()
      tellErrors(answered, total === 1, io)
      for (const listener of listeners) await listener.hear(answered)
      progress.show(tally.pictures)
      if (signal.aborted) break
    }
    for (const listener of listeners) await listener.finish?.()
  } catch (error) {
    for (const listener of listeners) await listener.giveUp?.()
    throw error
  } finally {
    progress.clear()
  }
  return tally
}

/** A line for each; with its advice where it is the only one. */
function tellErrors(answered: readonly Answered[], only: boolean, io: CliIo): void {
  for (const one of answered) if ('error' in one) io.err(only ? one.error.message : one.error.problem)
}

/** What it came to: on standard output, or beside it where that is for programs. */
function conclude(
  tally: Tally,
  { names }: AskedPictures,
  { json, csv, output }: PredictOptions,
  io: CliIo,
): void {
  const forPrograms = json === true || csv === true
  const say = forPrograms ? io.err : io.out
  const total = names?.length ?? null
  if (total !== null && tally.pictures < total)
    io.err(`Stopped after ${formatCount(tally.pictures)} of ${formatCount(total)} pictures.`)
  if (forPrograms ? tally.failed > 0 && tally.pictures > 1 : tally.pictures > 1)
    say(output === undefined && !forPrograms ? `\n${tally.sentence()}` : tally.sentence())
  if (output !== undefined) say(`Wrote ${output}`)
}
