import { dirname } from 'node:path'
import type { ModelFile } from '../io/model-file.js'
import { type Loss, lossFromConfig } from '../nn/losses.js'
import { RunFolder } from '../node/run-folder.js'
import { readSettings } from './training/read-settings.js'
import type { TrainSettings } from './training/settings.js'

/** What the run was started with whose folder, or a file in it, is at `path`. Null for a mere model file. */
export async function settingsOfRun(path: string): Promise<TrainSettings | null> {
  for (const folder of [path, dirname(path)]) {
    const run = await RunFolder.open(folder).catch(() => null)
    if (run) return readSettings(await run.config(), run.file('config'))
  }
  return null
}

/** What the model was trained to make smaller; for a model that was not, what `fovea train` would. */
export const lossOf = ({ training = {} }: ModelFile): Loss =>
  lossFromConfig(training.loss ?? 'categoricalCrossentropy')
