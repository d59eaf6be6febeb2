import { basename, dirname } from 'node:path'
import { hasCode } from '../file-errors.js'
import type { FolderAccess } from './folder-access.js'
import { inBatches } from './in-batches.js'

export type Presence = 'file' | 'missing' | 'unreadable' | 'notFile'

/** What lies at each path. Each folder is read once; only a path that is not among its plain files is asked for alone. */
export async function presenceOf(paths: readonly string[], access: FolderAccess): Promise<Presence[]> {
  const folders = [...new Set(paths.map(path => dirname(path)))]
  const files = new Map(
    await inBatches(folders, async folder => [folder, await plainFilesIn(folder, access)] as const),
  )
  const isPlain = (path: string) => files.get(dirname(path))!.has(basename(path))
  return inBatches(paths, async path => (isPlain(path) ? 'file' : lookAt(path, access)))
}

async function plainFilesIn(folder: string, access: FolderAccess): Promise<Set<string>> {
  const entries = await access.entries(folder).catch(() => [])
  return new Set(entries.filter(entry => entry.isFile()).map(({ name }) => name))
}

/** Finds links too, and names that only the file system takes for the same (`A.JPG` on Windows and macOS). */
async function lookAt(path: string, access: FolderAccess): Promise<Presence> {
  try {
    return (await access.stat(path)).isFile() ? 'file' : 'notFile'
  } catch (error) {
    return hasCode(error, 'EACCES', 'EPERM') ? 'unreadable' : 'missing'
  }
}
