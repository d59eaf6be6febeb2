import { join, resolve } from 'node:path'
import { FileError, OptionError } from '../../base/errors.js'
import { unknownName } from '../../base/nearest.js'
import { isRecord } from '../../base/record.js'
import { nameOfPlace } from '../../node/folder-data/read-folder.js'
import { readJsonFile } from '../../node/json-file.js'
import { datasetNames } from '../../node/load-dataset.js'
import { entriesOf, freeRunPath } from '../../node/run-paths.js'
import { remedyNames } from '../../recipes/remedies.js'
import { isDatasetName } from '../source/data-source.js'
import { chooseSettings } from '../training/choose-settings.js'
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
  readonly variants: readonly Variant[]
}

/** What is kept of a plan in its folder: what was asked for. */
export const planFile = 'remedies.json'

export const variantNames: readonly string[] = ['none', ...remedyNames, 'all']

/** Strong enough to overfit within minutes: few pictures, Adam, no schedule. */
const defaults = {
  pictures: 10_000,
  epochs: 20,
  batchSize: 64,
  optimizer: 'adam',
  validationSplit: 0.2,
  trainEval: true,
} as const satisfies TrainOptions

/** A new comparison, or the one that `resume` names. Nothing is written. */
export async function planRemedies(
  dataset: string | undefined,
  { run, resume, ...options }: PlanOptions,
): Promise<RemediesPlan & { readonly asked: Asked }> {
  const asked = resume === undefined ? newlyAsked(dataset, options) : await askedBefore(resume)
  const folder = resume ?? run ?? (await freeRunPath('runs', `remedies-${nameOfPlace(asked.dataset)}`))
  if (resume === undefined) await refuseExistingComparison(folder)
  return { folder, variants: await variantsOf(asked, folder), asked }
}

/** A comparison must not vanish under another. */
async function refuseExistingComparison(folder: string): Promise<void> {
  if (!(await entriesOf(folder))?.includes(planFile)) return
  throw new OptionError(
    `${folder}: there is a comparison in this folder already.`,
    `Go on with it: npx fovea remedies --resume ${folder}. Or name another folder.`,
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
  const unknown = options.only?.find(name => !variantNames.includes(name))
  if (unknown !== undefined) throw unknownName('remedy', unknown, variantNames)
  return { dataset: isDatasetName(dataset) ? dataset : resolve(dataset), options }
}

async function askedBefore(folder: string): Promise<Asked> {
  const path = join(folder, planFile)
  const asked = await readJsonFile(path)
  if (isRecord(asked) && typeof asked.dataset === 'string' && isRecord(asked.options))
    return { dataset: asked.dataset, options: asked.options }
  throw new FileError(
    `${path}: this is not what "fovea remedies" wrote.`,
    'Undo what was changed in it by hand.',
  )
}

async function variantsOf(
  { dataset, options: { only, ...options } }: Asked,
  folder: string,
): Promise<Variant[]> {
  const variants: Variant[] = []
  for (const name of variantNames.filter(name => only === undefined || only.includes(name))) {
    const remedies = remediesOf(name)
    const { settings } = await chooseSettings(dataset, { ...defaults, ...options, remedies })
    variants.push({ name, settings, path: join(folder, name) })
  }
  return variants
}

const remediesOf = (variant: string): readonly string[] => {
  if (variant === 'none') return []
  return variant === 'all' ? remedyNames : [variant]
}
