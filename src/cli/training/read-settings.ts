import { FileError } from '../../base/errors.js'
import { isRecord } from '../../base/record.js'
import { isFingerprint } from '../../node/folder-data/fingerprint.js'
import { isFolderSettings } from '../../node/folder-data/folder-settings.js'
import { testTimes } from '../../train/test-time/views.js'
import type { TrainSettings } from './settings.js'

/** The checks of `config.json`, member by member: what it should be, and whether it is. */
const members: Readonly<
  Record<keyof TrainSettings, readonly [wanted: string, accept: (value: unknown) => boolean]>
> = {
  dataset: ['a text', isText],
  data: ['a path or null', value => value === null || isText(value)],
  folder: [
    'how the pictures of a folder are read, or null',
    value => value === null || isFolderSettings(value),
  ],
  fingerprint: [
    'what tells the pictures of a folder, or null',
    value => value === null || isFingerprint(value),
  ],
  pictures: ['a whole number from 1, or null', value => value === null || isWhole(value, 1)],
  recipe: ['a text', isText],
  model: ['a text', isText],
  remedies: ['a list of texts', value => Array.isArray(value) && value.every(isText)],
  optimizer: ['a name with options', isOptimizer],
  loss: ['a name with options', isNamed],
  classWeight: ['balanced or null', value => value === null || value === 'balanced'],
  augment: ['a list of names with options', value => Array.isArray(value) && value.every(isNamed)],
  epochs: ['a whole number from 1, or null with a budget', value => value === null || isWhole(value, 1)],
  batchSize: ['a whole number from 1', value => isWhole(value, 1)],
  earlyStopping: ['a whole number from 0, or null', value => value === null || isWhole(value, 0)],
  budget: ['a number above 0, or null', value => value === null || (isNumber(value) && value > 0)],
  validationSplit: ['a number from 0 to below 1', value => isNumber(value) && value >= 0 && value < 1],
  trainEval: [
    'a whole number from 1, true or null',
    value => value === null || value === true || isWhole(value, 1),
  ],
  testTime: [testTimes.join(' or '), value => testTimes.some(name => name === value)],
  seed: ['a whole number from 0', value => isWhole(value, 0)],
  threads: ['a whole number from 1, or null', value => value === null || isWhole(value, 1)],
  deterministic: ['true or false', value => typeof value === 'boolean'],
  checkpointEvery: ['a number above 0, or null', value => value === null || (isNumber(value) && value > 0)],
  tensorboard: ['true or false', value => typeof value === 'boolean'],
}

/** What runs had before there was a word for it. */
const earlier = {
  folder: null,
  fingerprint: null,
  classWeight: null,
  pictures: null,
  recipe: 'tutorial',
  remedies: [],
  loss: { name: 'categoricalCrossentropy' },
  augment: [],
  earlyStopping: null,
  budget: null,
  trainEval: null,
  testTime: 'flip',
  tensorboard: false,
} satisfies Partial<TrainSettings>

/** The settings in a run's `config.json`, which a person may have changed, in their order there. */
export function readSettings(config: unknown, place: string): TrainSettings {
  const written = isRecord(config) ? config : {}
  const missing = Object.entries(earlier).filter(([key]) => !(key in written))
  const values: Readonly<Record<string, unknown>> = { ...written, ...Object.fromEntries(missing) }
  for (const [key, [wanted, accept]] of Object.entries(members))
    if (!accept(values[key]) || (key === 'epochs' && values.epochs === null && values.budget === null))
      throw new FileError(
        `${place}: "${key}" should be ${wanted}, but is ${JSON.stringify(values[key])}.`,
        'Undo what was changed in it by hand.',
      )
  return values as unknown as TrainSettings
}

const isNumber = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value)

const isWhole = (value: unknown, from: number): boolean =>
  isNumber(value) && Number.isSafeInteger(value) && value >= from

function isText(value: unknown): boolean {
  return typeof value === 'string'
}

function isNamed(value: unknown): boolean {
  return isRecord(value) && isText(value.name)
}

function isOptimizer(value: unknown): boolean {
  return isRecord(value) && isText(value.name) && isRecord(value.options)
}
