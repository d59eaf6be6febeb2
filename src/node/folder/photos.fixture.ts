import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach } from 'vitest'
import { type FolderAccess, nodeFolderAccess } from './folder-access.js'
import type { Listing } from './listing.js'

/** A temporary folder, a new one for each test. */
export interface Photos {
  /** The path of `photos` in it, which exists as soon as something is made there. */
  readonly place: string
  /** A path beside `place`. */
  beside(name: string): string
  /** Makes files in `photos` that nobody opens, with the folders they need; a name that ends in a slash is a folder. */
  make(...names: string[]): Promise<void>
  write(name: string, content: string | Uint8Array): Promise<void>
  /** Makes a link in `photos`; `target` is as it is written into the link. */
  link(name: string, target: string): Promise<void>
}

export function usePhotos(): Photos {
  let folder = ''
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'fovea-photos-'))
  })
  afterEach(() => rm(folder, { recursive: true }))
  const inside = async (name: string): Promise<string> => {
    const path = join(folder, 'photos', name)
    await mkdir(name.endsWith('/') ? path : dirname(path), { recursive: true })
    return path
  }
  return {
    get place() {
      return join(folder, 'photos')
    },
    beside: name => join(folder, name),
    async make(...names) {
      for (const name of names) {
        const path = await inside(name)
        if (!name.endsWith('/')) await writeFile(path, '')
      }
    },
    write: async (name, content) => writeFile(await inside(name), content),
    link: async (name, target) => symlink(target, await inside(name)),
  }
}

/** `train cat: train/cat/1.jpg`: what is listed, in its order, paths from `photos`. */
export const linesOf = ({ pictures, classNames }: Listing, place: string): string[] =>
  pictures.map(({ path, label, part }) => {
    const picture = path.startsWith(`${place}/`) ? path.slice(place.length + 1) : path
    return `${part === null ? '' : `${part} `}${classNames[label]}: ${picture}`
  })

/** A file system that refuses to look at some paths, as it does for all but root where permissions are missing. */
export function refusing(...paths: readonly string[]): FolderAccess {
  const refuse = (path: string): void => {
    if (paths.includes(path)) throw Object.assign(new Error('EACCES: permission denied'), { code: 'EACCES' })
  }
  return {
    async entries(path) {
      refuse(path)
      return nodeFolderAccess.entries(path)
    },
    async stat(path) {
      refuse(path)
      return nodeFolderAccess.stat(path)
    },
    async realpath(path) {
      refuse(path)
      return nodeFolderAccess.realpath(path)
    },
    async read(path) {
      refuse(path)
      return nodeFolderAccess.read(path)
    },
  }
}
