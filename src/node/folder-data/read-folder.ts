import { basename, resolve } from 'node:path'
import type { Listing, PartName } from '../folder/list-pictures.js'
import { listPictures } from '../folder/list-pictures.js'
import { type BringInOptions, bringIn } from '../picture-store/bring-in.js'
import { type FaultyFile, isStored, type StoredPicture } from '../picture-store/entry.js'
import type { PictureFormat } from '../picture-store/picture-format.js'
import type { PictureStore } from '../picture-store/picture-store.js'
import { storeFiles } from '../picture-store/store-files.js'

/** A picture of a folder, decoded. */
export interface FolderPicture extends StoredPicture {
  /** As it was listed: relative where the place is. */
  readonly file: string
  /** Place in the class names. */
  readonly label: number
  /** Null where its place does not say. */
  readonly part: PartName | null
}

/** A folder of pictures, all of them decoded to one format. */
export interface PictureFolder {
  /** `photos` */
  readonly name: string
  readonly listing: Listing
  readonly store: PictureStore
  /** Those that could be decoded, in the order of the listing. */
  readonly pictures: readonly FolderPicture[]
  /** Files that are no use, in the order of the listing. */
  readonly faults: readonly FaultyFile[]
}

export interface ReadFolderOptions extends BringInOptions {
  /** The folder of runs, which the store of pictures lies in. Default: `runs`. */
  readonly runs?: string
}

/**
 * Lists a folder, a CSV file or a glob and brings its pictures to one format. The first time all are decoded, later only what is
 * new or has changed.
 *
 * @throws FileError for a place without pictures, and where the store cannot be written
 */
export async function readFolder(
  place: string,
  format: PictureFormat,
  { runs = 'runs', ...options }: ReadFolderOptions = {},
): Promise<PictureFolder> {
  const listing = await listPictures(place)
  const paths = listing.pictures.map(({ path }) => resolve(path))
  const { store, entries } = await bringIn(paths, storeFiles(runs, resolve(place), format), format, options)
  const pictures: FolderPicture[] = []
  const faults: FaultyFile[] = []
  for (const [i, entry] of entries.entries()) {
    const { path, label, part } = listing.pictures[i]!
    if (isStored(entry)) pictures.push({ ...entry, file: path, label, part })
    else faults.push(entry)
  }
  return { name: nameOfPlace(place), listing, store, pictures, faults }
}

/** What a place is called: `photos` for `my/photos/`, `labels` for `labels.csv`, the folder in front for a glob. */
export function nameOfPlace(place: string): string {
  const fixed = place.split(/[*?[{]/)[0]!
  const folder = fixed === place ? place : fixed.slice(0, fixed.lastIndexOf('/') + 1) || '.'
  return basename(resolve(folder)).replace(/\.[ct]sv$/i, '') || 'pictures'
}
