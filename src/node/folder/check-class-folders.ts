import { FileError } from '../../base/errors.js'
import { filled } from './find-parts.js'
import { below } from './folder-access.js'
import { partOf } from './part-names.js'
import { countOf } from './passed-over.js'
import type { Folder } from './read-tree.js'
import { showName } from './show-name.js'

/** Refuses a folder with pictures in it that has no class folders: it would have no classes, or parts for classes. */
export function checkClassFolders(folder: Folder): void {
  const inner = filled(folder)
  if (inner.length === 0) throw withoutFolders(folder)
  const parts = inner.filter(({ name }) => partOf(name) !== null)
  const names = new Set(parts.map(({ name }) => partOf(name)))
  if (parts.length === inner.length || (names.size > 1 && names.has('train')))
    throw partsWithoutFolders(folder, parts)
}

const withoutFolders = (folder: Folder): FileError =>
  new FileError(
    `${showName(folder.path)} holds ${countOf(folder.pictures.length, 'picture')}, but no class folders, so the classes are not known.`,
    advice(folder, '', [folder]),
  )

const partsWithoutFolders = (folder: Folder, parts: readonly Folder[]): FileError =>
  new FileError(
    `${showName(folder.path)} holds ${parts.map(({ name }) => showName(name)).join(' and ')}, but no class folders in them, so the classes are not known.`,
    advice(folder, `${(parts.find(({ name }) => partOf(name) === 'train') ?? parts[0]!).name}/`, [
      folder,
      ...parts,
    ]),
  )

/** What would be understood, drawn with the folder's own names. */
function advice(folder: Folder, part: string, places: readonly Folder[]): string {
  const tables = places.flatMap(({ path, tables }) => tables.map(name => below(path, name)))
  const table =
    tables.length === 0
      ? 'Or give a CSV file with the columns file,label.'
      : `Or, if ${showName(tables[0]!)} has the columns file,label, give that.`
  const place = `${showName(folder.path).replace(/[\\/]$/, '')}/${part}`
  return [
    'The class of a picture is the folder it lies in. Arrange them like this:',
    `    ${place}cat/1.jpg`,
    `    ${place}cat/2.jpg`,
    `    ${place}dog/3.jpg`,
    `  ${table}`,
  ].join('\n')
}
