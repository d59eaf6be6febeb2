import { storesFolder } from '../picture-store/store-files.js'
import { comparisonFile, runFiles } from '../run-paths.js'
import { below, type FolderAccess } from './folder-access.js'
import type { Look } from './look-into.js'
import { isHidden, isPicture } from './picture-names.js'

/** In the folder of a run, and in that of a comparison of remedies. */
const marks: readonly string[] = [runFiles.config, comparisonFile]

/**
 * Whether a folder is the one of runs, which lies among the pictures where training began there: decoded pictures in it, and nothing
 * to be seen but runs. Drawings that somebody saved in a run are no pictures to learn.
 */
export async function holdsRuns(
  path: string,
  { files, folders }: Look,
  access: FolderAccess,
): Promise<boolean> {
  if (!folders.includes(storesFolder) || files.some(isPicture)) return false
  for (const name of folders.filter(name => !isHidden(name))) {
    const entries = await access.entries(below(path, name)).catch(() => [])
    if (!entries.some(entry => marks.includes(entry.name))) return false
  }
  return true
}
