import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { FileError } from '../base/errors.js'
import type { FileSource } from '../data/dataset.js'
import { fileError, hasCode } from './file-errors.js'
import { gunzip } from './tar-gz.js'

/** The files of a folder. Where `name` is not there but `name.gz` is, its unpacked bytes are given. */
export function folderSource(folder: string): FileSource {
  return {
    place: folder,
    async read(name) {
      const path = join(folder, name)
      return (await readIfThere(path)) ?? (await gunzipIfThere(`${path}.gz`))
    },
  }
}

async function readIfThere(path: string): Promise<Uint8Array | null> {
  try {
    return await readFile(path)
  } catch (cause) {
    if (isMissing(cause)) return null
    throw fileError(path, 'read', cause)
  }
}

async function gunzipIfThere(path: string): Promise<Uint8Array | null> {
  try {
    return await gunzip(path)
  } catch (error) {
    if (error instanceof FileError && isMissing(error.cause)) return null
    throw error
  }
}

const isMissing = (error: unknown): boolean => hasCode(error, 'ENOENT', 'ENOTDIR')
