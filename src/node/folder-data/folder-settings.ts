import { pictureFits } from '../../base/picture-fit.js'
import { isRecord } from '../../base/record.js'
import type { SplitShares } from '../../data/hash-split.js'
import type { PictureFormat } from '../picture-store/picture-format.js'

/** How the pictures of a folder are read and divided, in plain JSON. */
export interface FolderSettings extends PictureFormat {
  /** Of each class, where the folder itself has no such part. */
  readonly shares: SplitShares
}

export function isFolderSettings(value: unknown): value is FolderSettings {
  if (!isRecord(value) || !isRecord(value.shares)) return false
  const { height, width, channels, fit, shares } = value
  return (
    [height, width].every(side => Number.isSafeInteger(side) && Number(side) > 0) &&
    (channels === 1 || channels === 3) &&
    pictureFits.some(name => name === fit) &&
    [shares.validation, shares.test].every(share => typeof share === 'number' && share >= 0 && share < 1)
  )
}
