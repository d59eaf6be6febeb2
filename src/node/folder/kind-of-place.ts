import { FileError } from '../../base/errors.js'
import { fileError, hasCode } from '../file-errors.js'
import type { FolderAccess } from './folder-access.js'
import { missingPlace } from './missing-place.js'
import { showName } from './show-name.js'

const wildcards = /[*?[{]/

/**
 * What a place is: a folder, a file, or a glob, which has one of `* ? [ {` and is not itself the name of something.
 *
 * @throws FileError where it is nothing of these, or may not be looked at
 */
export async function kindOfPlace(place: string, access: FolderAccess): Promise<'folder' | 'file' | 'glob'> {
  const facts = await statOrNull(place, access)
  if (!facts && wildcards.test(place)) return 'glob'
  if (!facts) throw await missingPlace(place, access)
  if (facts.isDirectory()) return 'folder'
  if (facts.isFile()) return 'file'
  throw new FileError(
    `${showName(place)}: a file or folder was expected, but this is a pipe, a socket or a device.`,
    'Write its pictures to files first.',
  )
}

async function statOrNull(place: string, access: FolderAccess) {
  try {
    return await access.stat(place)
  } catch (error) {
    if (hasCode(error, 'ENOENT', 'ENOTDIR', 'ELOOP', 'ENAMETOOLONG', 'EINVAL')) return null
    throw fileError(showName(place), 'read', error)
  }
}
