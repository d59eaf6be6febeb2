import { resolve } from 'node:path'
import { type FolderAccess, nodeFolderAccess } from './folder-access.js'
import { kindOfPlace } from './kind-of-place.js'
import { matchGlob } from './match-glob.js'
import { comparePaths, inOrder } from './natural-order.js'
import { noMatch } from './no-match.js'
import { noPictures } from './no-pictures.js'
import { PassedOver } from './passed-over.js'
import { picturesAmong } from './pictures-among.js'
import { picturesIn, readTree } from './read-tree.js'
import { showName } from './show-name.js'

/**
 * The picture files at places as they are named on a command line: files, folders (with all below them), and globs the
 * shell has not expanded. The order is that of the places, and by path within one; no file comes twice.
 *
 * A file that is named is taken whatever its extension. In folders and for globs files go by their extensions, and what is
 * passed over is said in `notices`.
 *
 * @param access the file system; default: Node's
 * @throws FileError for a place that is missing, a glob that matches no picture, and where there is none at all
 */
export async function findPictureFiles(
  places: readonly string[],
  access: FolderAccess = nodeFolderAccess,
): Promise<{ files: string[]; notices: string[] }> {
  const passedOver = new PassedOver('')
  const found = new Map<string, string>()
  for (const place of places)
    for (const path of await filesAt(place, access, passedOver)) {
      const key = resolve(path)
      if (found.has(key)) passedOver.note('named', path)
      else found.set(key, path)
    }
  if (found.size === 0 && places.length > 0)
    throw noPictures(`in ${places.map(showName).join(', ')}`, passedOver)
  return { files: [...found.values()], notices: passedOver.sentences() }
}

async function filesAt(place: string, access: FolderAccess, passedOver: PassedOver): Promise<string[]> {
  const kind = await kindOfPlace(place, access)
  if (kind === 'file') return [place]
  return kind === 'folder' ? filesBelow(place, access, passedOver) : filesMatching(place, access, passedOver)
}

async function filesBelow(folder: string, access: FolderAccess, passedOver: PassedOver): Promise<string[]> {
  const tree = await readTree(folder, access, passedOver)
  if (tree.count === 0) passedOver.note('empty', folder)
  return [...picturesIn(tree)]
}

/** As if the shell had expanded the glob: folders that it matches are looked through. */
async function filesMatching(glob: string, access: FolderAccess, passedOver: PassedOver): Promise<string[]> {
  const { files, folders } = await matchGlob(glob, access, passedOver)
  const known = new Set(folders)
  const outermost = folders.filter(folder => !liesInOne(folder, known))
  const alone = files.filter(file => !liesInOne(file, known))
  const below: string[] = []
  for (const folder of outermost) below.push(...(await filesBelow(folder, access, passedOver)))
  const pictures = [...picturesAmong(alone, passedOver), ...below]
  if (pictures.length === 0) throw await noMatch(glob, folders, access, passedOver)
  return inOrder(pictures, path => path, comparePaths)
}

/** Whether a path lies in one of the folders, at any depth. */
function liesInOne(path: string, folders: ReadonlySet<string>): boolean {
  for (let end = path.lastIndexOf('/'); end > 0; end = path.lastIndexOf('/', end - 1))
    if (folders.has(path.slice(0, end))) return true
  return false
}
