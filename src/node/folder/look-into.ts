import { hasCode } from '../file-errors.js'
import { below, type FolderAccess, type FolderEntry } from './folder-access.js'
import { inBatches } from './in-batches.js'
import { inOrder } from './natural-order.js'
import { isLitter } from './picture-names.js'

export interface FolderLink {
  readonly name: string
  /** The folder it leads to, free of links. */
  readonly real: string
}

/** Why something in a folder is neither a file nor a folder. */
export type TroubleReason = 'broken' | 'unreadable' | 'irregular' | 'garbled'

export interface Trouble {
  readonly name: string
  readonly reason: TroubleReason
}

/** What lies in a folder, links resolved; each list in the order of names. */
export interface Look {
  readonly files: string[]
  readonly folders: string[]
  readonly links: FolderLink[]
  readonly troubles: Trouble[]
}

type Nature = 'file' | 'folder' | FolderLink | Trouble

/**
 * Looks into a folder. Only links are followed by a call of their own: 100,000 files cost one.
 *
 * @throws what the operating system says where the folder may not be read
 */
export async function lookInto(folder: string, access: FolderAccess): Promise<Look> {
  const entries = inOrder(
    (await access.entries(folder)).filter(({ name }) => !isLitter(name)),
    ({ name }) => name,
  )
  const doubtful = entries.filter(isDoubtful)
  const examined = new Map(
    await inBatches(doubtful, async entry => [entry, await examine(folder, entry, access)] as const),
  )
  const look: Look = { files: [], folders: [], links: [], troubles: [] }
  for (const entry of entries) sortIn(look, entry.name, examined.get(entry) ?? natureOf(entry))
  return look
}

/** Node writes U+FFFD for bytes that are not UTF-8; such a name cannot be opened, unless it really holds that character. */
const isDoubtful = (entry: FolderEntry): boolean => entry.isSymbolicLink() || entry.name.includes('\ufffd')

function natureOf(entry: FolderEntry): Nature {
  if (entry.isFile()) return 'file'
  return entry.isDirectory() ? 'folder' : { name: entry.name, reason: 'irregular' }
}

async function examine(folder: string, entry: FolderEntry, access: FolderAccess): Promise<Nature> {
  const { name } = entry
  const path = below(folder, name)
  try {
    const facts = await access.stat(path)
    if (facts.isFile()) return 'file'
    if (!facts.isDirectory()) return { name, reason: 'irregular' }
    return entry.isSymbolicLink() ? { name, real: await access.realpath(path) } : 'folder'
  } catch (error) {
    if (!hasCode(error, 'ENOENT', 'ENOTDIR', 'ELOOP')) return { name, reason: 'unreadable' }
    return { name, reason: entry.isSymbolicLink() ? 'broken' : 'garbled' }
  }
}

function sortIn(look: Look, name: string, nature: Nature): void {
  if (nature === 'file') look.files.push(name)
  else if (nature === 'folder') look.folders.push(name)
  else if ('real' in nature) look.links.push(nature)
  else look.troubles.push(nature)
}
