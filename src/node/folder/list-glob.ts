import { basename, dirname, resolve } from 'node:path'
import type { FolderAccess } from './folder-access.js'
import type { Listing } from './listing.js'
import { makeListing } from './make-listing.js'
import { matchGlob } from './match-glob.js'
import { noMatch } from './no-match.js'
import { partOf } from './part-names.js'
import { PassedOver } from './passed-over.js'
import { picturesAmong } from './pictures-among.js'

/** Lists the pictures that match a glob; the class of each is the folder it lies in. */
export async function listGlob(place: string, access: FolderAccess): Promise<Listing> {
  const passedOver = new PassedOver('')
  const { files, folders } = await matchGlob(place, access, passedOver)
  const paths = picturesAmong(files, passedOver)
  if (paths.length === 0) throw await noMatch(place, folders, access, passedOver)
  const pictures = paths.map(path => ({ path, className: classOf(path), part: null }))
  return makeListing({ place, layout: 'glob', pictures, notices: partsNotice(paths), passedOver })
}

/** The name of the folder a file lies in, also where that is the current one. */
const classOf = (path: string): string => (basename(dirname(resolve(path))) || '/').normalize('NFC')

/** A sentence where pictures of more than one part are matched: they are not kept apart. */
function partsNotice(paths: readonly string[]): string[] {
  const above = new Set(
    [...new Set(paths.map(path => dirname(path)))].map(folder => basename(dirname(folder))),
  )
  const parts = new Set([...above].map(partOf).filter(part => part !== null))
  if (parts.size < 2) return []
  return [
    `Pictures of ${[...parts].join(' and ')} are matched, but a glob does not keep them apart. Give the folder that holds these parts.`,
  ]
}
