import { setImmediate } from 'node:timers/promises'
import { correlation, type DifferenceHash, greyOf } from '../../data/look-alike/difference-hash.js'
import { Groups } from '../../data/look-alike/groups.js'
import { nearPairs } from '../../data/look-alike/near-pairs.js'
import type { FolderPicture } from '../folder-data/read-folder.js'
import type { PictureStore } from '../picture-store/picture-store.js'
import type { ScannedPicture } from './scan-pictures.js'

/** Pictures of different content that look alike, and how much. */
export interface LookAlikes {
  /** Each content once, in the order of the listing. */
  readonly groups: readonly (readonly FolderPicture[])[]
  /** Whether all pairs were compared: there can be so many that nobody would wait for it. */
  readonly complete: boolean
}

/**
 * Hashes of 64 bits are alike by chance, too: what has near hashes is compared pixel by pixel. A picture that was resized or
 * compressed again correlates by more than 0.99 with what it was; two photographs of the same scene rarely do.
 */
const alikeFrom = 0.99

/** So many pairs are compared at most, which takes seconds. */
const mostCompared = 200_000

/** Between two turns of the event loop, in which Ctrl-C is heard. */
const comparedAtATime = 500

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
  let compared = 0
  for (const [i, j] of nearPairs(hashed.map(({ hash }): DifferenceHash => hash))) {
    if (groups.together(i, j)) continue
    if (compared === mostCompared) break
    if (compared++ % comparedAtATime === 0) await setImmediate()
    signal?.throwIfAborted()
    const [one, other] = [greyAt(hashed[i]!.picture.row), greyAt(hashed[j]!.picture.row)]
    if (correlation(one, other) >= alikeFrom) groups.join(i, j)
  }
  return {
    groups: groups.several().map(group => group.map(i => hashed[i]!.picture)),
    complete: compared < mostCompared,
  }
}

const greyReader =
  (store: PictureStore) =>
  (row: number): Uint8Array => {
    const pixels = new Uint8Array(store.rowShape.reduce((product, length) => product * length, 1))
    store.read(row, pixels)
    return greyOf(pixels, store.rowShape[2]!)
  }
