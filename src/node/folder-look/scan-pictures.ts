import { setImmediate } from 'node:timers/promises'
import { type DifferenceHash, differenceHash, greyOf } from '../../data/look-alike/difference-hash.js'
import type { FolderPicture } from '../folder-data/read-folder.js'
import type { StoreProgress } from '../picture-store/bring-in.js'
import type { PictureStore } from '../picture-store/picture-store.js'

export interface ScanOptions {
  readonly onProgress?: ((progress: StoreProgress) => void) | undefined
  readonly signal?: AbortSignal | undefined
}

/** What is seen of a picture when its pixels are looked at. */
export interface ScannedPicture {
  /** Null for one that is flat. */
  readonly hash: DifferenceHash | null
  readonly coloured: boolean
}

/** Between two turns of the event loop, in which Ctrl-C is heard. */
const looksAtATime = 200

/** Looks at every picture of a store, one in memory at a time. */
export async function scanPictures(
  store: PictureStore,
  pictures: readonly FolderPicture[],
  { onProgress, signal }: ScanOptions = {},
): Promise<ScannedPicture[]> {
  const [height, width, channels] = store.rowShape as [number, number, number]
  const pixels = new Uint8Array(height * width * channels)
  const scanned: ScannedPicture[] = []
  for (const [i, { row }] of pictures.entries()) {
    if (i % looksAtATime === 0) {
      await setImmediate()
      signal?.throwIfAborted()
      onProgress?.({ done: i, total: pictures.length })
    }
    store.read(row, pixels)
    scanned.push({
      hash: differenceHash(greyOf(pixels, channels), height, width),
      coloured: channels === 3 && isColoured(pixels),
    })
  }
  return scanned
}

/** JPEG makes of grey what differs by a few steps; a scan of grey paper is a little yellow. */
const greyWithin = 12

function isColoured(pixels: Uint8Array): boolean {
  for (let i = 0; i < pixels.length; i += 3) {
    const [red, green, blue] = [pixels[i]!, pixels[i + 1]!, pixels[i + 2]!]
    if (Math.max(red, green, blue) - Math.min(red, green, blue) > greyWithin) return true
  }
  return false
}
