import { open, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { fileError, hasCode } from './file-errors.js'

/** The few things done to files here; tests give their own, on a disk that is full. */
export interface Files {
  /** Makes a new file, and returns when its bytes are on the disk. */
  create(path: string, bytes: Uint8Array): Promise<void>
  rename(from: string, to: string): Promise<void>
  remove(path: string): Promise<void>
}

export const nodeFiles: Files = {
  create: createFile,
  rename,
  remove: path => rm(path, { force: true }),
}

/** What unfinished files end with. */
export const temporarySuffix = '.tmp'

let written = 0

/** A name beside `path` that nothing else has. */
export const temporaryName = (path: string): string => `${path}.${process.pid}-${written++}${temporarySuffix}`

/**
 * Writes a file so that at every moment `path` holds either all of the old bytes or all of the new ones: under a
 * temporary name beside it, onto the disk, then renamed. When that fails, a FileError says why; the old file is
 * untouched and nothing is left behind.
 */
export async function writeAtomically(
  path: string,
  content: Uint8Array | string,
  files: Files = nodeFiles,
): Promise<void> {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content
  const temporary = temporaryName(path)
  try {
    await files.create(temporary, bytes)
    await files.rename(temporary, path)
  } catch (error) {
    await files.remove(temporary).catch(() => undefined) // the first error is the one to tell
    throw notWritten(path, error)
  }
  await syncFolder(dirname(path))
}

/** The FileError for a file that stayed as it was. */
export function notWritten(path: string, error: unknown): unknown {
  const note = hasCode(error, 'ENOENT', 'ENOTDIR') ? undefined : 'What was there before is untouched.'
  return fileError(path, 'written', error, note)
}

async function createFile(path: string, bytes: Uint8Array): Promise<void> {
  const file = await open(path, 'wx')
  try {
    await file.writeFile(bytes)
    await file.sync()
  } finally {
    await file.close()
  }
}

/** Brings the new name onto the disk. Some systems (Windows) cannot open folders; there the rename has to do. */
export async function syncFolder(folder: string): Promise<void> {
  try {
    const handle = await open(folder, 'r')
    await handle.sync().finally(() => handle.close())
  } catch {
    return
  }
}
