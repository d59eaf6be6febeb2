import { resolve } from 'node:path'
import { OptionError } from '../../base/errors.js'
import { isDatasetName } from '../source/data-source.js'
import type { TrainSettings } from './settings.js'
import type { TrainOptions } from './train-options.js'

/** What may change when a run goes on: how long it is, and what does not touch the numbers. */
const changeable = [
  'epochs',
  'threads',
  'checkpointEvery',
  'data',
  'tensorboard',
] satisfies (keyof TrainOptions)[]
const allowed: readonly string[] = [...changeable, 'resume', 'json', 'report']

/** The settings of a run that goes on: those it began with. */
export function resumedSettings(
  settings: TrainSettings,
  dataset: string | undefined,
  options: TrainOptions,
): TrainSettings {
  const fixed = Object.keys(options).find(key => !allowed.includes(key))
  if (fixed !== undefined || (dataset !== undefined && !isSame(dataset, settings)))
    throw new OptionError(
      `${fixed === undefined ? `The data set "${dataset}"` : flagOf(fixed)} cannot be given with --resume: a run goes on as it began.`,
      `Leave it out (${changeable.map(flagOf).join(', ')} may be changed), or start a new run.`,
    )
  return {
    ...settings,
    data: options.data === undefined ? settings.data : resolve(options.data),
    epochs: options.epochs ?? settings.epochs,
    threads: options.threads ?? settings.threads,
    checkpointEvery: options.checkpointEvery ?? settings.checkpointEvery,
    tensorboard: options.tensorboard ?? settings.tensorboard,
  }
}

/** Whether what was given is what the run began with: a name, or the place of a folder. */
const isSame = (given: string, { dataset, data, folder }: TrainSettings): boolean =>
  folder === null ? given === dataset : !isDatasetName(given) && resolve(given) === data

/** `batchSize` → `--batch-size` */
export const flagOf = (key: string): string =>
  `--${key.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`)}`
