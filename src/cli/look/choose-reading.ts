import { FileError } from '../../base/errors.js'
import type { FolderSettings } from '../../node/folder-data/folder-settings.js'
import type { PhotosRecipe } from '../../recipes/photos.js'
import { chooseFolder, defaultShare } from '../source/folder-source.js'

/** How training would read a folder, and learn it. */
export interface ChosenReading {
  readonly folder: FolderSettings
  readonly recipe: PhotosRecipe
  readonly sentences: readonly string[]
}

/** Where no picture can be used nothing can be chosen; files are then read like this, to see what is wrong with each. */
const anyReading: FolderSettings = {
  height: 32,
  width: 32,
  channels: 3,
  fit: 'crop',
  shares: { validation: defaultShare, test: defaultShare },
}

/**
 * What `fovea train` would choose.
 *
 * @param place where pictures have been listed
 * @returns no choice where none of the pictures that were looked at can be used
 */
export async function chooseReading(
  place: string,
): Promise<{ readonly folder: FolderSettings; readonly chosen: ChosenReading | null }> {
  try {
    const { source, recipe, sentences } = await chooseFolder(place, {})
    const folder = source.folder!
    return { folder, chosen: { folder, recipe, sentences } }
  } catch (error) {
    if (error instanceof FileError) return { folder: anyReading, chosen: null }
    throw error
  }
}
