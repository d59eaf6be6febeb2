import type { PartName } from './listing.js'
import { partOf } from './part-names.js'
import type { Folder } from './read-tree.js'

export interface Part {
  readonly name: PartName
  /** The folder with the class folders: the one of the part's name, or one of that name in it. */
  readonly folder: Folder
}

export interface Parts {
  /** By the folder that bears the part's name. */
  readonly parts: ReadonlyMap<Folder, Part>
  /** Whether the folders beside the parts are the classes for training. */
  readonly othersAreTraining: boolean
}

/** The subfolders with pictures in them or below. */
export const filled = (folder: Folder): Folder[] => folder.folders.filter(({ count }) => count > 0)

/** A folder's name as one of a class. */
export const classNameOf = (folder: Folder): string => folder.name.normalize('NFC')

/**
 * The parts of a folder; null where its subfolders are classes, for a class may be called `test`, too. So a part has class
 * folders. Where none is for training, either nothing lies beside the parts, or folders of the same classes do, which then
 * are for training.
 */
export function findParts(folder: Folder): Parts | null {
  const parts = new Map(
    filled(folder).flatMap(inner => {
      const name = partOf(inner.name)
      if (name === null || filled(inner).length === 0) return []
      return [[inner, { name, folder: withinTwin(inner, name) }] as const]
    }),
  )
  if (parts.size === 0) return null
  const found = [...parts.values()]
  const others = filled(folder).filter(({ name }) => partOf(name) === null)
  if (others.length === 0 || found.some(({ name }) => name === 'train'))
    return { parts, othersAreTraining: false }
  const classes = new Set(found.flatMap(part => filled(part.folder).map(classNameOf)))
  return others.some(other => classes.has(classNameOf(other))) ? { parts, othersAreTraining: true } : null
}

/** `train/train` is what unpacking train.zip into train/ leaves. */
function withinTwin(folder: Folder, part: PartName): Folder {
  const [inner, ...others] = filled(folder)
  if (!inner || others.length > 0 || folder.pictures.length > 0) return folder
  return partOf(inner.name) === part && filled(inner).length > 0 ? inner : folder
}
