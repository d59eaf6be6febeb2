import { join } from 'node:path'
import { OptionError } from '../../base/errors.js'
import { datasetNames } from '../../node/load-dataset.js'
import { RunFolder } from '../../node/run-folder.js'
import { freeRunPath, refuseExistingRun } from '../../node/run-paths.js'
import type { Checkpoint } from '../../train/checkpoint.js'
import { refuseDone } from './came-to-its-end.js'
import { chooseSettings } from './choose-settings.js'
import { readSettings } from './read-settings.js'
import { resumedSettings } from './resumed-settings.js'
import type { TrainSettings } from './settings.js'
import type { TrainOptions } from './train-options.js'

/** A run that can begin, or go on. */
export interface PreparedRun {
  readonly settings: TrainSettings
  /** Where its folder is, or will be. */
  readonly path: string
  /** Null for a new run, whose folder is made with the first step. An interrupted one may have no checkpoint yet. */
  readonly interrupted: { readonly folder: RunFolder; readonly checkpoint: Checkpoint | null } | null
  /** What was chosen for a folder of pictures, and why. */
  readonly sentences: readonly string[]
}

/** Reads and checks what was asked for; nothing is written for a new run. */
export const prepareRun = (given: string | undefined, options: TrainOptions): Promise<PreparedRun> =>
  options.resume === undefined ? newRun(given, options) : interruptedRun(options.resume, given, options)

async function newRun(given: string | undefined, options: TrainOptions): Promise<PreparedRun> {
  if (given === undefined)
    throw new OptionError(
      'fovea train needs pictures.',
      `Give a folder, or name a data set (${datasetNames.join(', ')}), or go on with a run: --resume runs/NAME.`,
    )
  const { settings, sentences } = await chooseSettings(given, options)
  const path = options.run ?? (await freeRunPath('runs', `${settings.dataset}-${settings.model}`))
  await refuseExistingRun(path)
  return { settings, path, interrupted: null, sentences }
}

async function interruptedRun(
  path: string,
  given: string | undefined,
  options: TrainOptions,
): Promise<PreparedRun> {
  const folder = await RunFolder.open(path)
  const began = readSettings(await folder.config(), join(path, 'config.json'))
  const settings = resumedSettings(began, given, options)
  const checkpoint = await folder.checkpoint()
  if (checkpoint) refuseDone(path, settings, checkpoint.state)
  return { settings, path, interrupted: { folder, checkpoint }, sentences: [] }
}
