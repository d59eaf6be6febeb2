import { arrange } from './arrange.js'
import type { FolderAccess } from './folder-access.js'
import type { Listing } from './listing.js'
import { makeListing } from './make-listing.js'
import { noPictures } from './no-pictures.js'
import { PassedOver } from './passed-over.js'
import { picturesIn, readTree } from './read-tree.js'
import { showName } from './show-name.js'

/** Lists a folder with class folders, or with parts that have them. */
export async function listFolder(place: string, access: FolderAccess): Promise<Listing> {
  const passedOver = new PassedOver(place)
  const tree = await readTree(place, access, passedOver)
  if (tree.count === 0) throw noPictures(`in ${showName(place)}`, passedOver)
  const { layout, classFolders, notices } = arrange(tree, passedOver)
  const pictures = classFolders.flatMap(({ className, part, folder }) =>
    Array.from(picturesIn(folder), path => ({ path, className, part })),
  )
  return makeListing({ place, layout, pictures, notices, passedOver })
}
