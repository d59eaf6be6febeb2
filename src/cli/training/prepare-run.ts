import { join } from 'node:path'
import { OptionError } from '../../base/errors.js'
import { datasetNames } from '../../node/load-dataset.js'
import { RunFolder } from '../../node/run-folder.js'
import { lockNewRun, lockRun, type RunLock } from '../../node/run-lock.js'
import { refuseExistingRun } from '../../node/run-paths.js'
import type { Checkpoint } from '../../train/checkpoint.js'
import { shellWord } from '../look/shell-word.js'
import { refuseDone } from './came-to-its-end.js'
import { chooseSettings } from './choose-settings.js'
import { readSettings } from './read-settings.js'
import { resumedSettings } from './resumed-settings.js'
import type { TrainSettings } from './settings.js'
import type { TrainOptions } from './train-options.js'

/** A run that can begin, or go on. No other process can train it meanwhile. */
export interface PreparedRun {
  readonly settings: TrainSettings
  /** Where its folder is, or will be. */
  readonly path: string
  /** Released by `trainRun`. */
  readonly lock: RunLock
  /** Null for a new run, whose folder is made with the first step. An interrupted one may have no checkpoint yet. */
  readonly interrupted: { readonly folder: RunFolder; readonly checkpoint: Checkpoint | null } | null
  /** What was chosen for a folder of pictures, and why. */
  readonly sentences: readonly string[]
}

/** Reads and checks what was asked for. Of a new run nothing is written yet but its lock. */
export const prepareRun = (given: string | undefined, options: TrainOptions): Promise<PreparedRun> =>
  options.resume === undefined ? newRun(given, options) : interruptedRun(options.resume, given, options)

async function newRun(given: string | undefined, options: TrainOptions): Promise<PreparedRun> {
  if (given === undefined)
    throw new OptionError(
      'fovea train needs pictures.',
      `Give a folder, or name a data set (${datasetNames.join(', ')}), or go on with a run: --resume runs/NAME.`,
    )
  const { settings, sentences } = await chooseSettings(given, options)
  const lock =
    options.run === undefined
      ? await lockNewRun('runs', `${settings.dataset}-${settings.model}`)
      : await lockRun(options.run, 'Name another folder; without --run the next free number is taken.')
  const { path } = lock
  await lock.during(() => refuseExistingRun(path))
  return { settings, path, lock, interrupted: null, sentences }
}

async function interruptedRun(
  path: string,
  given: string | undefined,
  options: TrainOptions,
): Promise<PreparedRun> {
  const folder = await RunFolder.open(path)
  const lock = await lockRun(path, whenItEnds(`npx fovea train --resume ${shellWord(path)}`))
  return lock.during(async () => {
    const began = readSettings(await folder.config(), join(path, 'config.json'))
    const settings = resumedSettings(began, given, options)
    const checkpoint = await folder.checkpoint()
    if (checkpoint) refuseDone(path, settings, checkpoint.state)
    return { settings, path, lock, interrupted: { folder, checkpoint }, sentences: [] }
  })
}

/** What to do where another process is at what `command` would go on with. */
export const whenItEnds = (command: string): string =>
  `Let it end, or end it with Ctrl-C; then: ${command}. What only reads a run (evaluate, predict, plot, report) need not wait.`
