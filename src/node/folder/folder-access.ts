import { readdir, readFile, realpath, stat } from 'node:fs/promises'

/** What a folder says of something in it, without looking further. */
export interface FolderEntry {
  readonly name: string
  isFile(): boolean
  isDirectory(): boolean
  isSymbolicLink(): boolean
}

/** What listing pictures asks of a file system. Tests give one that refuses. */
export interface FolderAccess {
  entries(path: string): Promise<readonly FolderEntry[]>
  /** Links are followed. */
  stat(path: string): Promise<{ isFile(): boolean; isDirectory(): boolean }>
  realpath(path: string): Promise<string>
  read(path: string): Promise<Uint8Array>
}

export const nodeFolderAccess: FolderAccess = {
  entries: path => readdir(path, { withFileTypes: true }),
  stat,
  realpath,
  read: path => readFile(path),
}

/** The path of something in a folder. Not `join`, which takes `link/..` for nothing, although a link may lead elsewhere. */
export const below = (folder: string, name: string): string =>
  folder === '' || folder.endsWith('/') ? `${folder}${name}` : `${folder}/${name}`

export const exists = (path: string, access: FolderAccess): Promise<boolean> =>
  access.stat(path).then(
    () => true,
    () => false,
  )
