import { basename, dirname } from 'node:path'
import { FileError } from '../../base/errors.js'
import { nearest } from '../../base/nearest.js'
import { exists, type FolderAccess } from './folder-access.js'
import { isHidden } from './picture-names.js'
import { showName } from './show-name.js'

/** The error for a place that does not exist, with the name nearest to it among those that do. */
export async function missingPlace(place: string, access: FolderAccess): Promise<FileError> {
  const near = await nearestPlace(place, access)
  const problem = `${showName(place)}: there is no such file or folder.`
  if (near === place) return new FileError(problem, 'It is a link that leads nowhere.')
  return new FileError(
    problem,
    near === undefined ? 'Check the spelling of the path.' : `Did you mean "${showName(near)}"?`,
  )
}

/**
 * The place with its first missing folder or file replaced by the nearest name beside it; what would follow is left out
 * where it does not exist there. Undefined where no name is near.
 */
export async function nearestPlace(place: string, access: FolderAccess): Promise<string | undefined> {
  const missing = await firstMissing(place, access)
  const name = basename(missing)
  const names = await namesIn(dirname(missing), access)
  const near = nearest(name, names)
  if (near === undefined) return undefined
  const start = missing.slice(0, missing.lastIndexOf(name))
  const whole = start + near + place.slice(missing.length)
  return (await exists(whole, access)) ? whole : start + near
}

/** The shortest beginning of a path that does not exist. */
async function firstMissing(place: string, access: FolderAccess): Promise<string> {
  const above = dirname(place)
  return above === place || (await exists(above, access)) ? place : firstMissing(above, access)
}

const namesIn = async (folder: string, access: FolderAccess): Promise<string[]> =>
  (await access.entries(folder).catch(() => [])).map(entry => entry.name).filter(name => !isHidden(name))
