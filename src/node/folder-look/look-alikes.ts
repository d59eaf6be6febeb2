import { setImmediate } from 'node:timers/promises'
import { Tensor } from '../../base/tensor.js'
import { correlation, type DifferenceHash, greyOf } from '../../data/look-alike/difference-hash.js'
import { Groups } from '../../data/look-alike/groups.js'
import { nearPairs } from '../../data/look-alike/near-pairs.js'
import { resizePicture } from '../../data/resize.js'
import type { FolderPicture } from '../folder-data/read-folder.js'
import type { PictureStore } from '../picture-store/picture-store.js'
import type { ScannedPicture } from './scan-pictures.js'

/** Pictures of different content that look alike. */
export interface LookAlikes {
  /** Each content once, in the order of the listing. */
  readonly groups: readonly (readonly FolderPicture[])[]
  /** Whether all pairs were compared: there can be so many that nobody would wait for it. */
  readonly complete: boolean
}

/**
 * Hashes of 64 bits are alike by chance, too: what has near hashes is compared pixel by pixel. Of 2,062 photographs of hands 109 pairs
 * have near hashes, and correlate by 0.915 at most; of MNIST's 10,000 test digits 63,085 pairs do, one of them by more than 0.985.
 * Copies as JPEG of quality 30 correlate by 0.998 and more, nine of ten at a third of the size by 0.986 and more.
 */
const alikeFrom = 0.985

/** Pixels in a row and a column that are compared: finer detail is what resizing takes away. */
const comparedSide = 32

/** So many pairs are compared at most, which takes seconds. */
const mostCompared = 300_000

/** Between two turns of the event loop, in which Ctrl-C is heard. */
const pairsAtATime = 500

/** @param pictures each content once @param scanned one for each of them */
export async function findLookAlikes(
  store: PictureStore,
  pictures: readonly FolderPicture[],
  scanned: readonly ScannedPicture[],
  signal?: AbortSignal,
): Promise<LookAlikes> {
  const hashed = pictures.flatMap((picture, i) => {
    const { hash } = scanned[i]!
    return hash === null ? [] : [{ picture, hash }]
  })
  const groups = new Groups(hashed.length)
  const greyAt = greyReader(store)
  let [pairs, compared] = [0, 0]
  for (const [i, j] of nearPairs(hashed.map(({ hash }): DifferenceHash => hash))) {
    if (pairs++ % pairsAtATime === 0) await setImmediate()
    signal?.throwIfAborted()
    if (groups.together(i, j)) continue
    if (compared++ === mostCompared) break
    if (correlation(greyAt(hashed[i]!.picture.row), greyAt(hashed[j]!.picture.row)) >= alikeFrom)
      groups.join(i, j)
  }
  return {
    groups: groups.several().map(group => group.map(i => hashed[i]!.picture)),
    complete: compared <= mostCompared,
  }
}

/** Reads pictures as they are compared. The last few are kept: pairs come in the order of their first picture. */
function greyReader(store: PictureStore): (row: number) => Uint8Array {
  const [height, width, channels] = store.rowShape as [number, number, number]
  const side = Math.min(comparedSide, height)
  const kept = new Map<number, Uint8Array>()
  return row => {
    const known = kept.get(row)
    if (known) return known
    if (kept.size === mostKept) kept.clear()
    const pixels = new Uint8Array(height * width * channels)
    store.read(row, pixels)
    const grey = new Tensor(greyOf(pixels, channels), [height, width, 1])
    const { data } = resizePicture(grey, side, side)
    kept.set(row, data)
    return data
  }
}

/** Pictures of a kilobyte. */
const mostKept = 2000
