import { join } from 'node:path'
import { OptionError } from '../../base/errors.js'
import { datasetNames } from '../../node/load-dataset.js'
import { RunFolder } from '../../node/run-folder.js'
import { freeRunPath, refuseExistingRun } from '../../node/run-paths.js'
import type { Checkpoint } from '../../train/checkpoint.js'
import { refuseDone } from './came-to-its-end.js'
import { readSettings } from './read-settings.js'
import { newSettings, resumedSettings, type TrainOptions, type TrainSettings } from './settings.js'

/** A run that can begin, or go on. */
export interface PreparedRun {
  readonly settings: TrainSettings
  /** Where its folder is, or will be. */
  readonly path: string
  /** Null for a new run, whose folder is made with the first step. An interrupted one may have no checkpoint yet. */
  readonly interrupted: { readonly folder: RunFolder; readonly checkpoint: Checkpoint | null } | null
}

/** Reads and checks what was asked for; nothing is written for a new run. */
export const prepareRun = (dataset: string | undefined, options: TrainOptions): Promise<PreparedRun> =>
  options.resume === undefined ? newRun(dataset, options) : interruptedRun(options.resume, dataset, options)

async function newRun(dataset: string | undefined, options: TrainOptions): Promise<PreparedRun> {
  if (dataset === undefined)
    throw new OptionError(
      'fovea train needs a data set.',
      `Name one (${datasetNames.join(', ')}), or go on with a run: --resume runs/NAME.`,
    )
  const settings = newSettings(dataset, options)
  const path = options.run ?? (await freeRunPath('runs', `${dataset}-${settings.model}`))
  await refuseExistingRun(path)
  return { settings, path, interrupted: null }
}

async function interruptedRun(
  path: string,
  dataset: string | undefined,
  options: TrainOptions,
): Promise<PreparedRun> {
  const folder = await RunFolder.open(path)
  const began = readSettings(await folder.config(), join(path, 'config.json'))
  const settings = resumedSettings(began, dataset, options)
  const checkpoint = await folder.checkpoint()
  if (checkpoint) refuseDone(path, settings, checkpoint.state)
  return { settings, path, interrupted: { folder, checkpoint } }
}
