import { checkClassFolders } from './check-class-folders.js'
import { classNameOf, filled, findParts, type Parts } from './find-parts.js'
import { below } from './folder-access.js'
import type { PartName } from './listing.js'
import { partOf } from './part-names.js'
import { countOf, listed, type PassedOver } from './passed-over.js'
import type { Folder } from './read-tree.js'
import { showName } from './show-name.js'

/** A folder whose pictures, those of its subfolders included, are of one class. */
export interface ClassFolder {
  readonly className: string
  readonly part: PartName | null
  readonly folder: Folder
}

export interface Arrangement {
  readonly layout: 'classes' | 'parts'
  readonly classFolders: readonly ClassFolder[]
  readonly notices: readonly string[]
}

/**
 * Finds out how a folder is arranged: as class folders, or as parts (`train`, `validation`, `test`) with class folders in
 * each. A folder that only wraps another is gone through.
 *
 * @throws FileError where there are pictures, but no class folders
 */
export function arrange(root: Folder, passedOver: PassedOver): Arrangement {
  const folder = unwrapped(root)
  const parts = findParts(folder)
  if (!parts) checkClassFolders(folder)
  const classFolders = parts ? partClasses(folder, parts, passedOver) : classesOf(folder, null, passedOver)
  const notices = [...wrapperNotice(root, folder), ...(parts ? trainingNotice(folder, parts) : [])]
  return { layout: parts ? 'parts' : 'classes', classFolders, notices }
}

/** The innermost folder that is not just a wrapper round a single other. */
function unwrapped(folder: Folder): Folder {
  const [inner, ...others] = filled(folder)
  if (!inner || others.length > 0 || folder.pictures.length > 0 || findParts(folder)) return folder
  return wrapsClasses(inner) ? unwrapped(inner) : folder
}

/** Whether subfolders look like class folders; one alone beside pictures would rather be a subfolder of a class. */
const wrapsClasses = (inner: Folder): boolean => filled(inner).length > (inner.pictures.length > 0 ? 1 : 0)

const wrapperNotice = (root: Folder, folder: Folder): string[] =>
  root === folder
    ? []
    : [
        `The classes are taken from ${showName(folder.path)}, the only folder with pictures in ${showName(root.path)}.`,
      ]

function trainingNotice(folder: Folder, { parts, othersAreTraining }: Parts): string[] {
  if (!othersAreTraining) return []
  const others = filled(folder).filter(inner => partOf(inner.name) === null)
  const names = others.slice(0, 3).map(inner => showName(inner.name))
  const beside = [...parts.keys()].map(inner => showName(inner.name))
  return [
    `Taken for training, because they lie beside ${beside.join(' and ')}: ${listed(names, others.length)}.`,
  ]
}

/** The class folders in a folder; what else lies in it is noted. */
function classesOf(folder: Folder, part: PartName | null, passedOver: PassedOver): ClassFolder[] {
  noteLoose(folder, passedOver)
  for (const inner of folder.folders) if (inner.count === 0) passedOver.note('empty', inner.path)
  return filled(folder).map(inner => ({ className: classNameOf(inner), part, folder: inner }))
}

function partClasses(
  folder: Folder,
  { parts, othersAreTraining }: Parts,
  passedOver: PassedOver,
): ClassFolder[] {
  noteLoose(folder, passedOver)
  return folder.folders.flatMap((inner): ClassFolder[] => {
    const part = parts.get(inner)
    if (part) return classesOf(part.folder, part.name, passedOver)
    if (inner.count === 0) passedOver.note('empty', inner.path)
    else if (partOf(inner.name) !== null) noteLoose(inner, passedOver)
    else if (othersAreTraining) return [{ className: classNameOf(inner), part: 'train', folder: inner }]
    else passedOver.note('beside', inner.path, () => countOf(inner.count, 'picture'))
    return []
  })
}

function noteLoose(folder: Folder, passedOver: PassedOver): void {
  for (const name of folder.pictures) passedOver.note('loose', below(folder.path, name))
}
