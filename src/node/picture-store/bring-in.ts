import { stat } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { fileError } from '../file-errors.js'
import { inBatches } from '../folder/in-batches.js'
import { showName } from '../folder/show-name.js'
import { withLock } from '../lock/lock.js'
import type { Entry, FileVersion } from './entry.js'
import type { PictureFormat } from './picture-format.js'
import { PictureStore } from './picture-store.js'
import { faultOf, readPictureFile } from './read-file.js'
import type { StoreFiles } from './store-files.js'

/** How far the pictures are, of which those that lay there already are not counted. */
export interface StoreProgress {
  readonly done: number
  readonly total: number
}

export interface BringInOptions {
  readonly onProgress?: ((progress: StoreProgress) => void) | undefined
  /** Called where another process is at the same pictures: they are waited for. */
  readonly onWait?: (() => void) | undefined
  readonly signal?: AbortSignal | undefined
}

/** Pictures in a store, and what became of each file. */
export interface BroughtIn {
  readonly store: PictureStore
  /** One for each path, in their order. */
  readonly entries: readonly Entry[]
}

/** Pictures between two writings of the index. */
const flushedEvery = 200

/**
 * Decodes the pictures that the store has not, or of which the file has changed since. What is done is kept whenever this ends, so
 * it can be interrupted at any time. Files that are no use are noted, and read again only when they change.
 *
 * @param paths absolute
 */
export async function bringIn(
  paths: readonly string[],
  files: StoreFiles,
  format: PictureFormat,
  { onProgress, onWait, signal }: BringInOptions = {},
): Promise<BroughtIn> {
  const store = await PictureStore.open(files, format)
  try {
    const versions = await inBatches(paths, path => versionOf(path))
    if (versions.some(version => needsReading(store, version)))
      await withLock(files.lock, { signal, onWait }, async () => {
        await store.refresh()
        const missing = versions.filter(version => needsReading(store, version))
        await readAll(missing, store, format, onProgress, signal)
      })
    return { store, entries: versions.map(version => store.find(version.path) ?? (version as Entry)) }
  } catch (error) {
    store.close()
    throw error
  }
}

/** What a file is now; a fault where it cannot even be looked at. */
async function versionOf(path: string): Promise<FileVersion | Entry> {
  try {
    const { size, mtimeMs } = await stat(path)
    return { path, size, modified: mtimeMs }
  } catch (error) {
    const cause = fileError(showName(path), 'read', error)
    return faultOf({ path, size: 0, modified: 0 }, cause instanceof Error ? cause : new Error(String(cause)))
  }
}

function needsReading(store: PictureStore, version: FileVersion | Entry): boolean {
  if ('fault' in version) return false
  const known = store.find(version.path)
  return known?.size !== version.size || known.modified !== version.modified
}

async function readAll(
  versions: readonly FileVersion[],
  store: PictureStore,
  format: PictureFormat,
  onProgress: BringInOptions['onProgress'],
  signal: AbortSignal | undefined,
): Promise<void> {
  const queue = versions.values()
  let done = 0
  let failed = false
  const next = async (version: FileVersion) => {
    signal?.throwIfAborted()
    await readOne(version, store, format)
    if (++done % flushedEvery === 0) await store.flush()
    onProgress?.({ done, total: versions.length })
  }
  const lane = async () => {
    for (const version of queue) {
      if (failed) return
      await next(version).catch(error => {
        failed = true
        throw error
      })
    }
  }
  // Two more than can compute: some wait for the disk.
  const lanes = Array.from({ length: availableParallelism() + 2 }, lane)
  const ends = await Promise.allSettled(lanes)
  await store.flush()
  for (const end of ends) if (end.status === 'rejected') throw end.reason
}

async function readOne(version: FileVersion, store: PictureStore, format: PictureFormat): Promise<void> {
  const read = await readPictureFile(version, format).catch((error: Error) =>
    faultOf(version, asFault(error)),
  )
  if ('fault' in read) return store.remember(read)
  const { picture, ...facts } = read
  const entry = { ...version, ...facts }
  const twin = store.twinOf(entry.hash)
  if (twin) store.remember({ ...entry, row: twin.row })
  else await store.add(entry, picture.data)
}

/** Only what is wrong with the file itself: a mistake of ours ends all. */
function asFault(error: Error): Error {
  if ('problem' in error || 'code' in error) return error
  throw error
}
