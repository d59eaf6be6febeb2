import { FileError } from '../../base/errors.js'
import { type FolderAccess, nodeFolderAccess } from './folder-access.js'
import { kindOfPlace } from './kind-of-place.js'
import { listCsv } from './list-csv.js'
import { listFolder } from './list-folder.js'
import { listGlob } from './list-glob.js'
import type { Listing } from './listing.js'
import { isPicture, isTable } from './picture-names.js'
import { showName } from './show-name.js'

export { findPictureFiles } from './find-picture-files.js'
export type { ListedPicture, Listing, PartName } from './listing.js'

/**
 * Finds pictures and their classes; nothing is decoded. A place may be
 *
 * - a folder with class folders, `photos/cat/1.jpg`; subfolders belong to the class they lie in,
 * - a folder with parts (`train` or `training`, `val`, `valid` or `validation`, `test` or `testing`, in any letter case)
 *   that have class folders, `photos/train/cat/1.jpg`; the classes are those of all parts together,
 * - a folder that wraps one of these,
 * - a CSV file of rows file,label or file,label,split, with or without a header; files are found from its folder,
 * - a glob, `photos/**\/*.jpg`, where the class is the folder a picture lies in. Letter case makes no difference.
 *
 * Links are followed, each real folder once. What is hidden, not a picture, empty or may not be read is passed over and
 * said in `notices`. Whether a plain file may be read is seen only when it is opened. One class is no error here.
 *
 * @param access the file system; default: Node's
 * @throws FileError for a place that is missing, one without pictures or without class folders, and a CSV file with an error
 */
export async function listPictures(place: string, access: FolderAccess = nodeFolderAccess): Promise<Listing> {
  const kind = await kindOfPlace(place, access)
  if (kind === 'folder') return listFolder(place, access)
  if (kind === 'glob') return listGlob(place, access)
  if (isTable(place)) return listCsv(place, access)
  throw wrongFile(place)
}

function wrongFile(place: string): FileError {
  const problem = `${showName(place)}: a folder, a CSV file or a glob was expected, but this is another file.`
  if (isPicture(place))
    return new FileError(problem, 'Give the folder that holds the folders of the classes.')
  if (/\.(zip|tar|tgz|gz|bz2|xz|7z|rar)$/i.test(place)) return new FileError(problem, 'Unpack it first.')
  return new FileError(
    problem,
    'Give a folder with a folder for each class. A table of files and labels needs a name that ends in .csv or .tsv.',
  )
}
