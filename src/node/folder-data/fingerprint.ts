import { createHash } from 'node:crypto'
import { isRecord } from '../../base/record.js'
import type { TrainingFingerprint } from '../../data/dataset.js'
import type { FolderPicture } from './read-folder.js'

type Learned = Pick<FolderPicture, 'hash' | 'label'>

/** What a folder gives to train on: as long as it stays, a training comes to the same numbers. Names of files are no part of it. */
export function fingerprintOf(
  { train, validation }: { readonly train: readonly Learned[]; readonly validation: readonly Learned[] },
  classNames: readonly string[],
): TrainingFingerprint {
  const pairs = (pictures: readonly Learned[]) => pictures.map(({ hash, label }) => [hash, label])
  const content = JSON.stringify([classNames, pairs(train), pairs(validation)])
  return {
    train: train.length,
    validation: validation.length,
    content: createHash('sha256').update(content).digest('hex').slice(0, 32),
  }
}

export function isFingerprint(value: unknown): value is TrainingFingerprint {
  if (!isRecord(value)) return false
  const { train, validation, content } = value
  return [train, validation].every(Number.isSafeInteger) && typeof content === 'string'
}
