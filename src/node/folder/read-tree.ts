import { isAbsolute, join, relative } from 'node:path'
import { fileError } from '../file-errors.js'
import { below, type FolderAccess } from './folder-access.js'
import { holdsPictures } from './holds-pictures.js'
import { holdsRuns } from './holds-runs.js'
import { inBatches } from './in-batches.js'
import { type FolderLink, type Look, lookInto } from './look-into.js'
import { inOrder } from './natural-order.js'
import type { PassedOver } from './passed-over.js'
import { isHidden, isPicture, isTable } from './picture-names.js'
import { showName } from './show-name.js'

/** A folder and the pictures in it. */
export interface Folder {
  readonly name: string
  /** As it can be opened. */
  readonly path: string
  /** Names of the pictures that lie directly in it, in order. */
  readonly pictures: readonly string[]
  /** Names of the CSV files that lie directly in it, in order. */
  readonly tables: readonly string[]
  /** In the order of their names. */
  readonly folders: readonly Folder[]
  /** How many pictures lie in it and below. */
  readonly count: number
}

/**
 * Reads a folder and all below it. Links are followed, but each real folder is read once: the path without links wins,
 * then the first. Links to where the reading began, or above, are not followed.
 *
 * @throws FileError where the folder itself may not be read; what lies below is noted instead
 */
export async function readTree(place: string, access: FolderAccess, passedOver: PassedOver): Promise<Folder> {
  try {
    const root = grow(place, place, await access.realpath(place))
    await new TreeReader(root, access, passedOver).read()
    return finished(root)
  } catch (error) {
    throw fileError(showName(place), 'read', error)
  }
}

/** The paths of all pictures in a folder and below, in order. */
export function* picturesIn(folder: Folder): Generator<string> {
  for (const name of folder.pictures) yield below(folder.path, name)
  for (const inner of folder.folders) yield* picturesIn(inner)
}

/** A folder that is still being read. */
interface Growing {
  readonly name: string
  readonly path: string
  readonly real: string
  pictures: string[]
  tables: string[]
  readonly folders: Growing[]
  /** Whether it may not be read, or is none of the owner's. */
  left: boolean
}

interface PendingLink {
  readonly folder: Growing
  readonly link: FolderLink
}

class TreeReader {
  readonly #seen = new Set<string>()
  #links: PendingLink[] = []

  constructor(
    readonly root: Growing,
    readonly access: FolderAccess,
    readonly passedOver: PassedOver,
  ) {}

  async read(): Promise<void> {
    this.#seen.add(this.root.real)
    await this.#readBelow(this.root)
    while (this.#links.length > 0) {
      const links = this.#links
      this.#links = []
      for (const { folder, link } of links) await this.#follow(folder, link)
    }
  }

  /** Level by level, so that what is noted comes in the same order however fast the disk answers. */
  async #readBelow(start: Growing): Promise<void> {
    for (let level = [start]; level.length > 0; level = level.flatMap(folder => folder.folders)) {
      const looks = await inBatches(level, folder => this.#look(folder))
      for (const [i, folder] of level.entries()) await this.#take(folder, looks[i]!)
    }
  }

  async #look(folder: Growing): Promise<Look | 'refused'> {
    try {
      return await lookInto(folder.path, this.access)
    } catch (error) {
      if (folder === this.root) throw error
      return 'refused'
    }
  }

  async #take(folder: Growing, look: Look | 'refused'): Promise<void> {
    if (look === 'refused') {
      this.passedOver.note('unreadable', folder.path)
      folder.left = true
      return
    }
    if (folder !== this.root && (await holdsRuns(folder.path, look, this.access))) {
      folder.left = true
      return
    }
    this.#takeFiles(folder, look)
    for (const name of look.folders) if (!isHidden(name)) this.#add(folder, name, join(folder.real, name))
    for (const link of look.links) if (!isHidden(link.name)) this.#links.push({ folder, link })
    await this.#peek(folder, look)
  }

  #takeFiles(folder: Growing, look: Look): void {
    const visible = look.files.filter(name => !isHidden(name))
    folder.pictures = visible.filter(isPicture)
    folder.tables = visible.filter(isTable)
    for (const name of visible) if (!isPicture(name)) this.passedOver.noteFile(below(folder.path, name))
    for (const { name, reason } of look.troubles)
      if (!isHidden(name)) this.passedOver.note(reason, below(folder.path, name))
  }

  /** The folder as one that is to be read; undefined, and a note, where it is known by another path. */
  #add(above: Growing, name: string, real: string): Growing | undefined {
    const path = below(above.path, name)
    if (this.#seen.has(real) || isWithin(this.root.real, real)) {
      this.passedOver.note('again', path)
      return undefined
    }
    this.#seen.add(real)
    const folder = grow(name, path, real)
    above.folders.push(folder)
    return folder
  }

  /** Hidden folders are not read, but said where there are pictures in them. */
  async #peek(folder: Growing, { folders, links }: Look): Promise<void> {
    for (const name of [...folders, ...links.map(link => link.name)]) {
      const path = below(folder.path, name)
      if (isHidden(name) && (await holdsPictures(path, this.access))) this.passedOver.note('hidden', path)
    }
  }

  async #follow(folder: Growing, { name, real }: FolderLink): Promise<void> {
    const linked = this.#add(folder, name, real)
    if (linked) await this.#readBelow(linked)
  }
}

const grow = (name: string, path: string, real: string): Growing => ({
  name,
  path,
  real,
  pictures: [],
  tables: [],
  folders: [],
  left: false,
})

function finished({ name, path, pictures, tables, folders }: Growing): Folder {
  const read = folders.filter(folder => !folder.left)
  const inner = inOrder(read, folder => folder.name).map(finished)
  const count = inner.reduce((sum, folder) => sum + folder.count, pictures.length)
  return { name, path, pictures, tables, folders: inner, count }
}

/** Whether a path without links is `folder` or lies below it. */
export function isWithin(path: string, folder: string): boolean {
  const way = relative(folder, path)
  return !isAbsolute(way) && way !== '..' && !/^\.\.[\\/]/.test(way)
}
