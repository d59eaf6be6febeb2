import { readFile } from 'node:fs/promises'
import { FileError } from '../base/errors.js'
import { fileError } from './file-errors.js'

/**
 * What a JSON file holds.
 *
 * @throws FileError where it cannot be read, or is not JSON
 */
export async function readJsonFile(path: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, 'utf8'))
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw fileError(path, 'read', error)
    throw new FileError(`${path}: not JSON (${error.message}).`, 'Undo what was changed in it by hand.')
  }
}
