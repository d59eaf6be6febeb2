import { createHash } from 'node:crypto'
import { basename, join } from 'node:path'
import { formatName, type PictureFormat } from './picture-format.js'

/** The files of a store. */
export interface StoreFiles {
  /** Pictures as bytes, all of one length, one behind the other. */
  readonly bytes: string
  /** A line of JSON for each file that was looked at. */
  readonly index: string
  readonly lock: string
}

/** The folder of stores, in the folder of runs. */
export const storesFolder = '.pictures'

/**
 * Where the pictures of a place are kept: `runs/.pictures/photos-1a2b3c4d-64x64x3-crop.bytes`.
 *
 * @param runs the folder of runs
 * @param place absolute
 */
export function storeFiles(runs: string, place: string, format: PictureFormat): StoreFiles {
  const id = createHash('sha256').update(place).digest('hex').slice(0, 8)
  const name = [...basename(place).replace(/[^\p{L}\p{N}._-]+/gu, '-')].slice(0, 40).join('')
  const stem = join(runs, storesFolder, `${name}-${id}-${formatName(format)}`)
  return { bytes: `${stem}.bytes`, index: `${stem}.jsonl`, lock: `${stem}.lock` }
}
