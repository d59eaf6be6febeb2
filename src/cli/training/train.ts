import { dirname } from 'node:path'
import type { Dataset } from '../../data/dataset.js'
import { interruptedExitCode } from '../context.js'
import { formatHints } from '../hints.js'
import { listenForInterrupt } from '../interruption.js'
import type { CliIo } from '../io.js'
import { loadData } from '../load-data.js'
import { shellWord } from '../look/shell-word.js'
import { cameToItsEnd } from './came-to-its-end.js'
import { firstPictures } from './first-pictures.js'
import { type PreparedRun, prepareRun } from './prepare-run.js'
import { buildModel, runTraining } from './run-training.js'
import { withTheSamePictures } from './same-pictures.js'
import type { TrainOptions } from './train-options.js'
import { JsonVoice, TextVoice } from './voice.js'

/** Does what `fovea train` is asked for; returns the exit code. */
export async function train(dataset: string | undefined, options: TrainOptions, io: CliIo): Promise<number> {
  const run = await prepareRun(dataset, options)
  const json = options.json === true
  const exitCode = await trainRun(run, io, { json, report: options.report !== false })
  if (exitCode === 0 && !json) io.out(`\n${nextSteps(run.path)}`)
  return exitCode
}

const nextSteps = (path: string): string =>
  formatHints('Next', [
    [`npx fovea evaluate ${shellWord(path)}`, 'how good it is, class by class'],
    [`npx fovea predict ${shellWord(path)} picture.png`, 'what it sees in a picture'],
  ])

export interface TrainRunOptions {
  /** Events are told as lines of JSON, not as text. */
  readonly json: boolean
  /** Whether a run that came to its end gets its report. */
  readonly report: boolean
  /** When the data set is in memory already. */
  readonly loaded?: Dataset
}

/** Trains a run that is prepared, reports on it, and releases its lock. Returns the exit code. */
export async function trainRun(
  prepared: PreparedRun,
  io: CliIo,
  { json, report, loaded }: TrainRunOptions,
): Promise<number> {
  let pause = () => {}
  const interruption = listenForInterrupt(io, () => {
    pause()
    io.err('Finishing the step, then saving. Ctrl-C again quits at once.')
  })
  const { signal } = interruption
  try {
    for (const sentence of prepared.sentences) (json ? io.err : io.out)(sentence)
    const whole =
      loaded ?? (await loadData(prepared.settings, io, { runs: dirname(prepared.path), signal, draw: !json }))
    const run = withTheSamePictures(prepared, whole)
    const dataset = firstPictures(whole, run.settings.pictures)
    const model = buildModel(run.settings, dataset)
    const voice = json ? new JsonVoice(io) : new TextVoice(io, run, model, dataset)
    pause = () => voice.pause()
    const end = await runTraining(run, model, dataset, {
      event: event => voice.event(event),
      notice: sentence => voice.notice(sentence),
      signal,
    })
    voice.end(end)
    const done = cameToItsEnd(end)
    if (done && report) {
      const { reportRun } = await import('../report/report.js')
      const sentence = await reportRun(run.path, dataset, signal, json ? { ...io, terminal: null } : io)
      if (sentence !== null && !json) io.out(sentence)
    }
    return done ? 0 : interruptedExitCode
  } catch (error) {
    pause()
    if (!signal.aborted || error !== signal.reason) throw error
    io.err('Stopped before the first step; nothing was written.')
    return interruptedExitCode
  } finally {
    await prepared.lock.release()
    interruption.release()
  }
}
