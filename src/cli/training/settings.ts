import { resolve } from 'node:path'
import { OptionError } from '../../base/errors.js'
import { unknownName } from '../../base/nearest.js'
import { modelFromName } from '../../nn/models.js'
import { datasetNames } from '../../node/load-dataset.js'
import { optimizerFromName } from '../../train/optimizers/index.js'
import type { AveragingTestTime } from '../../train/test-time/views.js'

/** The options of `fovea train` as they were given. */
export interface TrainOptions {
  readonly model?: string
  readonly data?: string
  readonly run?: string
  readonly epochs?: number
  readonly batchSize?: number
  readonly optimizer?: string
  readonly learningRate?: number
  readonly momentum?: number
  readonly validationSplit?: number
  /** How many training pictures; true: as many as the validation part has. */
  readonly trainEval?: number | true
  readonly seed?: number
  readonly threads?: number
  readonly deterministic?: boolean
  readonly checkpointEvery?: number
  readonly resume?: string
  readonly json?: boolean
  /** Default true. */
  readonly report?: boolean
}

/** All that decides how a run goes, in plain JSON: `config.json` of its folder. */
export interface TrainSettings {
  readonly dataset: string
  /** Where the data set's files are, as an absolute path; null: the cache. */
  readonly data: string | null
  readonly model: string
  readonly optimizer: { readonly name: string; readonly options: Readonly<Record<string, unknown>> }
  readonly epochs: number
  readonly batchSize: number
  readonly validationSplit: number
  /** How many training pictures are measured like the validation part; true: as many as it has; null: none. */
  readonly trainEval: number | true | null
  /** Over which views of a picture its answer is averaged when the run is measured; it is measured without, too. */
  readonly testTime: AveragingTestTime
  readonly seed: number
  /** Null: one for each core. */
  readonly threads: number | null
  /** Whether every machine shall compute the same bits. */
  readonly deterministic: boolean
  /** Seconds; null: after each epoch only. */
  readonly checkpointEvery: number | null
}

/** The settings of a new run: the tutorial's recipe where nothing else was said. Unknown names are refused. */
export function newSettings(dataset: string, options: TrainOptions): TrainSettings {
  if (!datasetNames.some(name => name === dataset)) throw unknownName('data set', dataset, datasetNames)
  const { model = 'tutorial', data } = options
  if (options.trainEval === true && options.validationSplit === 0)
    throw new OptionError(
      '--train-eval takes as many pictures as the validation part has, but --validation-split is 0.',
      'Say how many: --train-eval 1000',
    )
  return {
    dataset,
    data: data === undefined ? null : resolve(data),
    model: modelFromName(model).name,
    optimizer: optimizerSettings(options),
    epochs: options.epochs ?? 40,
    batchSize: options.batchSize ?? 32,
    validationSplit: options.validationSplit ?? 0.1,
    trainEval: options.trainEval ?? null,
    testTime: 'flip',
    seed: options.seed ?? 0,
    threads: options.threads ?? null,
    deterministic: options.deterministic ?? false,
    checkpointEvery: options.checkpointEvery ?? 60,
  }
}

/** The recipe's optimizer, or the one that was asked for. */
export function optimizerSettings({ optimizer = 'sgd', learningRate = 0.001, momentum }: TrainOptions) {
  const { name } = optimizerFromName(optimizer)
  if (momentum !== undefined && name !== 'sgd')
    throw new OptionError(`--momentum is an option of sgd, but the optimizer is ${name}.`, 'Leave it out.')
  const options = name === 'sgd' ? { learningRate, momentum: momentum ?? 0.5 } : { learningRate }
  return { name, options: optimizerFromName(name, options).config() }
}

/** What may change when a run goes on: how long it is, and what does not touch the numbers. */
const changeable = ['epochs', 'threads', 'checkpointEvery', 'data'] satisfies (keyof TrainOptions)[]
const allowed: readonly string[] = [...changeable, 'resume', 'json', 'report']

/** The settings of a run that goes on: those it began with. */
export function resumedSettings(
  settings: TrainSettings,
  dataset: string | undefined,
  options: TrainOptions,
): TrainSettings {
  const fixed = Object.keys(options).find(key => !allowed.includes(key))
  if (fixed !== undefined || (dataset !== undefined && dataset !== settings.dataset))
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
  }
}

/** `batchSize` → `--batch-size` */
const flagOf = (key: string): string => `--${key.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`)}`
