import { join } from 'node:path'
import { fileError } from '../file-errors.js'
import { below, type FolderAccess } from './folder-access.js'
import { kindOfPlace } from './kind-of-place.js'
import { type FolderLink, type Look, lookInto, type TroubleReason } from './look-into.js'
import { comparePaths, inOrder } from './natural-order.js'
import type { PassedOver } from './passed-over.js'
import { isWithin } from './read-tree.js'
import { showName } from './show-name.js'

/** What a glob matches: paths as they can be opened, in order. */
export interface GlobMatches {
  /** Whatever their extensions. */
  readonly files: readonly string[]
  readonly folders: readonly string[]
}

/** A folder that is looked through, and the one it lies in. */
interface Chain {
  readonly real: string
  readonly above: Chain | null
  /** Whether a link leads here. */
  readonly linked: boolean
}

/** Names in a folder, links resolved; what is neither file nor folder counts as a file until it is matched. */
export interface GlobLook {
  readonly files: readonly string[]
  readonly folders: readonly string[]
}

/** The folders that a glob goes through, by their paths below the base, which itself is ''. */
export class GlobFolders {
  readonly #base: string
  readonly #top: Look
  readonly #access: FolderAccess
  readonly #passedOver: PassedOver
  readonly #chains = new Map<string, Chain>()
  readonly #troubles = new Map<string, TroubleReason>()

  private constructor(base: string, top: Look, real: string, access: FolderAccess, passedOver: PassedOver) {
    this.#base = base
    this.#top = top
    this.#access = access
    this.#passedOver = passedOver
    this.#chains.set('', { real, above: null, linked: false })
  }

  /** @throws FileError where the base is missing or may not be read */
  static async at(base: string, access: FolderAccess, passedOver: PassedOver): Promise<GlobFolders> {
    const folder = base === '' ? '.' : base
    await kindOfPlace(folder, access)
    try {
      const real = await access.realpath(folder)
      return new GlobFolders(base, await lookInto(folder, access), real, access, passedOver)
    } catch (error) {
      throw fileError(showName(folder), 'read', error)
    }
  }

  /** What lies in a folder that was found before; nothing, and a note, where it may not be read. */
  async look(folder: string): Promise<GlobLook> {
    const chain = this.#chains.get(folder)
    if (!chain) return { files: [], folders: [] } // beyond the base, by way of ..
    const look = folder === '' ? this.#top : await this.#lookBelow(folder)
    if (!look) return { files: [], folders: [] }
    for (const { name, reason } of look.troubles) this.#troubles.set(below(folder, name), reason)
    const links = look.links.filter(({ real }) => !this.#isLoop(chain, real))
    for (const name of look.folders)
      this.#chains.set(below(folder, name), { ...chain, real: join(chain.real, name), above: chain })
    for (const { name, real } of links)
      this.#chains.set(below(folder, name), { real, above: chain, linked: true })
    return {
      files: [...look.files, ...look.troubles.map(({ name }) => name)],
      folders: [...look.folders, ...links.map(({ name }: FolderLink) => name)],
    }
  }

  async #lookBelow(folder: string): Promise<Look | null> {
    const path = below(this.#base, folder)
    return lookInto(path, this.#access).catch(() => {
      this.#passedOver.note('unreadable', path)
      return null
    })
  }

  /** Whether a link leads back to a folder it lies in, or above the base. */
  #isLoop(start: Chain, real: string): boolean {
    let chain: Chain = start
    for (; chain.above; chain = chain.above) if (chain.real === real) return true
    return isWithin(chain.real, real)
  }

  /** @param found paths from the base, as the matcher gives them: those of folders end in a slash */
  matches(found: readonly string[]): GlobMatches {
    const paths = inOrder(new Set(found), path => path, comparePaths)
    const isFolder = (path: string) => path === '.' || path.endsWith('/')
    const folders = paths.filter(isFolder).map(path => path.replace(/\/$/, ''))
    const files = paths.filter(path => !isFolder(path) && !this.#noteTrouble(path))
    return {
      files: this.#withoutTwins(files).map(path => below(this.#base, path)),
      folders: folders.map(path => (path === '.' ? this.#base || '.' : below(this.#base, path))),
    }
  }

  #noteTrouble(path: string): boolean {
    const reason = this.#troubles.get(path)
    if (reason !== undefined) this.#passedOver.note(reason, below(this.#base, path))
    return reason !== undefined
  }

  /** Each file once, where links lead to its folder, too: by the path without links, else by the first. */
  #withoutTwins(files: readonly string[]): readonly string[] {
    if (![...this.#chains.values()].some(({ linked }) => linked)) return files
    const chosen = new Map<string, { path: string; linked: boolean }>()
    for (const path of files) {
      const name = path.slice(path.lastIndexOf('/') + 1)
      const { real, linked } = this.#chains.get(path.slice(0, -name.length - 1))!
      const earlier = chosen.get(join(real, name))
      if (!earlier || (earlier.linked && !linked)) chosen.set(join(real, name), { path, linked })
    }
    const kept = new Set([...chosen.values()].map(({ path }) => path))
    for (const path of files) if (!kept.has(path)) this.#passedOver.note('twin', below(this.#base, path))
    return files.filter(path => kept.has(path))
  }
}
