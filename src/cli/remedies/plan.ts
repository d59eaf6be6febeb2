import { join, resolve } from 'node:path'
import { FileError, OptionError } from '../../base/errors.js'
import { isRecord } from '../../base/record.js'
import { nameOfPlace } from '../../node/folder-data/read-folder.js'
import { readJsonFile } from '../../node/json-file.js'
import { datasetNames } from '../../node/load-dataset.js'
import { lockNewRun, lockRun, type RunLock } from '../../node/run-lock.js'
import { comparisonFile, entriesOf } from '../../node/run-paths.js'
import { shellWord } from '../../node/shell-word.js'
import { networkFromName } from '../../recipes/index.js'
import { findsLayers, knownRemedy, remedies, remedyNames } from '../../recipes/remedies.js'
import { isDatasetName } from '../source/data-source.js'
import { settingsChooser } from '../training/choose-settings.js'
import { whenItEnds } from '../training/prepare-run.js'
import { flagOf } from '../training/resumed-settings.js'
import type { TrainSettings } from '../training/settings.js'
import type { TrainOptions } from '../training/train-options.js'

/** The options of `fovea remedies` that decide how its runs go. */
export interface PlanOptions
  extends Pick<
    TrainOptions,
    | 'model'
    | 'data'
    | 'pictures'
    | 'epochs'
    | 'batchSize'
    | 'optimizer'
    | 'learningRate'
    | 'validationSplit'
    | 'seed'
    | 'threads'
    | 'run'
    | 'resume'
  > {
  readonly only?: readonly string[]
}

/** One of the trainings that are compared. */
export interface Variant {
  /** `none`, the name of a remedy, or `all`. */
  readonly name: string
  readonly settings: TrainSettings
  /** Of its run folder. */
  readonly path: string
}

/** Trainings that differ in their remedies and in nothing else, in folders beside each other. */
export interface RemediesPlan {
  readonly folder: string
  /** Of the folder: no other process can work at the comparison until it is released. */
  readonly lock: RunLock
  readonly variants: readonly Variant[]
  readonly asked: Asked
}

export const variantNames: readonly string[] = ['none', ...remedyNames, 'all']

/** Strong enough to overfit within minutes: few pictures, Adam, no schedule. */
const defaults = {
  pictures: 10_000,
  optimizer: 'adam',
  validationSplit: 0.2,
  trainEval: true,
} as const satisfies TrainOptions

const namedDefaults = { epochs: 20, batchSize: 64 } as const satisfies TrainOptions

/** Epochs and batches go by how many pictures there are. The network is one that remedies can change, and has none of them in it. */
const folderDefaults = {
  model: 'tutorial',
  augment: 'none',
  schedule: 'constant',
} as const satisfies TrainOptions

/** A new comparison, or the one that `resume` names. Nothing is written but its lock. */
export async function planRemedies(
  dataset: string | undefined,
  { run, resume, ...options }: PlanOptions,
): Promise<RemediesPlan> {
  const asked = resume === undefined ? newlyAsked(dataset, options) : await askedBefore(resume)
  if (resume !== undefined) refuseChanges(asked, dataset, options)
  const settings = await settingsOf(asked)
  const lock =
    resume === undefined ? await lockNew(run, nameOfPlace(asked.dataset)) : await lockInterrupted(resume)
  const { path: folder } = lock
  const variants = settings.map(variant => ({ ...variant, path: join(folder, variant.name) }))
  return { folder, lock, variants, asked }
}

async function lockNew(run: string | undefined, place: string): Promise<RunLock> {
  const lock =
    run === undefined
      ? await lockNewRun('runs', `remedies-${place}`)
      : await lockRun(run, 'Name another folder; without --run the next free number is taken.')
  await lock.during(() => refuseExistingComparison(lock.path))
  return lock
}

const lockInterrupted = (folder: string): Promise<RunLock> =>
  lockRun(folder, whenItEnds(`npx fovea remedies --resume ${shellWord(folder)}`))

/** A comparison must not vanish under another. */
async function refuseExistingComparison(folder: string): Promise<void> {
  if (!(await entriesOf(folder))?.includes(comparisonFile)) return
  throw new OptionError(
    `${folder}: there is a comparison in this folder already.`,
    `Go on with it: npx fovea remedies --resume ${shellWord(folder)}. Or name another folder.`,
  )
}

/** What a person asked for. */
export interface Asked {
  /** A name, or an absolute path. */
  readonly dataset: string
  readonly options: Omit<PlanOptions, 'run' | 'resume'>
}

function newlyAsked(dataset: string | undefined, options: Asked['options']): Asked {
  if (dataset === undefined)
    throw new OptionError(
      'fovea remedies needs pictures.',
      `Give a folder, or name a data set (${datasetNames.join(', ')}), or go on with a comparison: --resume runs/NAME.`,
    )
  if (options.validationSplit === 0)
    throw new OptionError(
      'fovea remedies compares what is measured on a validation part, but --validation-split is 0.',
      'For example: --validation-split 0.2',
    )
  const only = options.only?.map(name => knownRemedy(name, variantNames))
  return {
    dataset: placeOf(dataset),
    options: { ...options, ...(only && { only }) },
  }
}

const placeOf = (dataset: string): string => (isDatasetName(dataset) ? dataset : resolve(dataset))

/** A comparison goes on as it began: what was asked for anew would be passed over. */
function refuseChanges(asked: Asked, dataset: string | undefined, options: Asked['options']): void {
  const [given] = Object.entries(options).flatMap(([name, value]) => (value === undefined ? [] : [name]))
  const another = dataset !== undefined && placeOf(dataset) !== asked.dataset
  if (given === undefined && !another) return
  const what = given === undefined ? `The data set "${dataset}"` : flagOf(given)
  throw new OptionError(
    `${what} cannot be given with --resume: a comparison goes on as it began.`,
    'Leave it out, or begin a new comparison without --resume.',
  )
}

async function askedBefore(folder: string): Promise<Asked> {
  const path = join(folder, comparisonFile)
  const asked = await readJsonFile(path)
  if (isRecord(asked) && typeof asked.dataset === 'string' && isRecord(asked.options))
    return { dataset: asked.dataset, options: asked.options }
  throw new FileError(
    `${path}: this is not what "fovea remedies" wrote.`,
    'Undo what was changed in it by hand.',
  )
}

/** What each of the trainings is called, and how it goes. */
async function settingsOf({
  dataset,
  options: { only, ...options },
}: Asked): Promise<Omit<Variant, 'path'>[]> {
  const choose = await settingsChooser(dataset, options)
  const own = isDatasetName(dataset) ? namedDefaults : folderDefaults
  const settingsWith = (names: readonly string[]): TrainSettings =>
    choose({ ...defaults, ...own, ...options, remedies: names }).settings
  const { useful, all } = usefulIn(networkFromName(settingsWith([]).model))
  return variantNames
    .filter(name => only?.includes(name) ?? useful(name))
    .map(name => ({ name, settings: settingsWith(name === 'all' ? all : name === 'none' ? [] : [name]) }))
}

/** What a network has no layers for is left out, unless it was asked for by name. */
function usefulIn(network: ReturnType<typeof networkFromName>) {
  const idle = remedies.filter(remedy => !findsLayers(network, remedy)).map(({ name }) => name)
  return {
    useful: (variant: string): boolean => !idle.includes(variant),
    all: remedyNames.filter(name => !idle.includes(name)),
  }
}
