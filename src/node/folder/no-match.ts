import type { FileError } from '../../base/errors.js'
import type { FolderAccess } from './folder-access.js'
import { nearestPlace } from './missing-place.js'
import { noPictures } from './no-pictures.js'
import type { PassedOver } from './passed-over.js'
import { showName } from './show-name.js'

/**
 * The error for a glob that matches no picture, with what may have been meant.
 *
 * @param folders what it matches instead
 */
export async function noMatch(
  glob: string,
  folders: readonly string[],
  access: FolderAccess,
  passedOver: PassedOver,
): Promise<FileError> {
  const where = `that match ${showName(glob)}`
  if (folders.length > 0)
    return noPictures(where, passedOver, [
      `It matches folders; for the pictures in them write "${showName(glob.replace(/\/+$/, ''))}/**"`,
    ])
  const near = await nearestPlace(glob, access)
  return noPictures(where, passedOver, near === undefined ? [] : [`Did you mean "${showName(near)}"?`])
}
