import { stat } from 'node:fs/promises'
import { FileError } from '../base/errors.js'
import type { DataSource } from './source/data-source.js'

/**
 * Loads the pictures of a run from where they were when it began. Where nothing is there any more, the error also says how to tell
 * where they are now.
 *
 * @param source what is noted in the run
 */
export async function whereTheyWere<T>({ data, folder }: DataSource, load: () => Promise<T>): Promise<T> {
  try {
    return await load()
  } catch (error) {
    if (
      !(error instanceof FileError) ||
      folder === null ||
      data === null ||
      (await stat(data).catch(() => null))
    )
      throw error
    const moved = 'Where the pictures were moved, say where they are now: --data FOLDER'
    throw new FileError(error.problem, error.advice === undefined ? moved : `${error.advice} ${moved}`, {
      cause: error,
    })
  }
}
