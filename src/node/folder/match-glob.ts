import { resolve, sep } from 'node:path'
import { type FileSystemAdapter, glob as matchPattern } from 'tinyglobby'
import { exists, type FolderAccess } from './folder-access.js'
import { GlobFolders, type GlobMatches } from './glob-folders.js'
import { decodeName, encodeName, encodePattern, splitGlob } from './glob-syntax.js'
import type { PassedOver } from './passed-over.js'

/**
 * The files and folders that a glob matches, as a shell would with `**` switched on, but in any letter case, so that
 * `*.jpg` finds what cameras call `.JPG`, and the same on every machine. Hidden files and folders are only matched by a
 * dot that is written.
 *
 * @throws FileError where the folder in front of the first wildcard is missing or may not be read
 */
export async function matchGlob(
  glob: string,
  access: FolderAccess,
  passedOver: PassedOver,
): Promise<GlobMatches> {
  const written = sep === '\\' ? glob.replaceAll('\\', '/') : glob
  const { base, pattern } = await splitGlob(written, path => exists(path, access))
  const folders = await GlobFolders.at(base, access, passedOver)
  const found = await matchPattern(encodePattern(pattern), {
    cwd: inventedRoot,
    fs: { readdir: readdirOf(folders) },
    caseSensitiveMatch: false,
    expandDirectories: false,
    followSymbolicLinks: false,
    onlyFiles: false,
  })
  return folders.matches(found.map(decodeName))
}

/** The matcher believes to look here, so that it sees no character of the real path that might mean something to it. */
const inventedRoot = resolve('/fovea-glob')
const inventedStart = inventedRoot.replaceAll('\\', '/')

/** An entry as the matcher wants it. */
const entry = (name: string, isFolder: boolean) => ({
  name: encodeName(name),
  isFile: () => !isFolder,
  isDirectory: () => isFolder,
  isSymbolicLink: () => false,
})

type Readdir = NonNullable<FileSystemAdapter['readdir']>

function readdirOf(folders: GlobFolders): Readdir {
  const readdir = (path: string, _options: unknown, answer: (error: null, entries: unknown) => void) => {
    const folder = decodeName(path.slice(inventedStart.length)).replace(/^\/|\/$/g, '')
    void folders.look(folder).then(({ files, folders }) => {
      answer(null, [...files.map(name => entry(name, false)), ...folders.map(name => entry(name, true))])
    })
  }
  return readdir as unknown as Readdir
}
