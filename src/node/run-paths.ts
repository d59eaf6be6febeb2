import { readdir } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { FileError, OptionError } from '../base/errors.js'
import { nearest } from '../base/nearest.js'
import { fileError, hasCode } from './file-errors.js'
import { kindOfPath } from './file-facts.js'
import { shellWord } from './shell-word.js'

/** The files of a run folder. */
export const runFiles = {
  config: 'config.json',
  history: 'history.jsonl',
  last: 'last.safetensors',
  best: 'best.safetensors',
  /** Only where a training ends with other weights than those it would go on from: averages, or those of an earlier epoch. */
  final: 'final.safetensors',
} as const

/** The folder in it with what every validation row came to, a file an epoch. */
export const validationFolder = 'validation'

/** The folder in it with what TensorBoard draws, where that was asked for. */
export const tensorBoardFolder = 'tensorboard'

/** What is kept of a comparison of remedies, in the folder of its runs: what was asked for. */
export const comparisonFile = 'remedies.json'

/** A run must not vanish under another. */
export async function refuseExistingRun(path: string): Promise<void> {
  const taken = (await entriesOf(path))?.find(name => Object.values<string>(runFiles).includes(name))
  if (taken !== undefined)
    throw new OptionError(
      `${path}: there is a run in this folder already (${taken}).`,
      `Go on with it: npx fovea train --resume ${shellWord(path)}. Or name another folder.`,
    )
}

/** The largest N of runs called `parent/prefix-N`; 0 where there is none. */
export async function lastRunNumber(parent: string, prefix: string): Promise<number> {
  const numbers = ((await entriesOf(parent)) ?? [])
    .filter(name => name.startsWith(`${prefix}-`))
    .map(name => Number(name.slice(prefix.length + 1)))
    .filter(Number.isInteger)
  return Math.max(0, ...numbers)
}

/** The error for a path where a run folder was expected, and there is nothing, or a file. */
export async function noRunAt(path: string): Promise<FileError> {
  if ((await kindOfPath(path)) === 'nothing') return noSuchRun(path)
  return new FileError(
    `${path}: a run folder was expected, but this is a file.`,
    'Give the folder that "fovea train" named, for example runs/cifar10-tutorial-1.',
  )
}

/** The error for a path where nothing is; it offers the nearest name beside it. */
export async function noSuchRun(path: string): Promise<FileError> {
  const siblings = (await entriesOf(dirname(path)).catch(() => null)) ?? []
  const close = nearest(
    basename(path),
    siblings.filter(name => !name.startsWith('.')), // locks
  )
  const advice =
    close === undefined
      ? 'Give a run folder (runs/NAME) or a model file (NAME.safetensors).'
      : `Did you mean "${join(dirname(path), close)}"?`
  return new FileError(`${path}: there is no such file or folder.`, advice)
}

/** The names in a folder; null where there is no folder. */
export async function entriesOf(path: string): Promise<string[] | null> {
  try {
    return await readdir(path)
  } catch (error) {
    if (hasCode(error, 'ENOENT', 'ENOTDIR')) return null
    throw fileError(path, 'read', error)
  }
}
