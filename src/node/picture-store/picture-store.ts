import { closeSync, fdatasync, fstat, openSync, readSync, write } from 'node:fs'
import { mkdir, open, readFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { promisify } from 'node:util'
import { FileError } from '../../base/errors.js'
import type { Shape } from '../../base/shape.js'
import type { RowStore } from '../../data/stored-rows.js'
import { fileError } from '../file-errors.js'
import { type Entry, isStored, readEntry, type StoredPicture } from './entry.js'
import { bytesOfPicture, type PictureFormat } from './picture-format.js'
import type { StoreFiles } from './store-files.js'

/** Rows of a data set are read as long as anybody has them, so the file is closed when nobody has. */
const forgotten = new FinalizationRegistry<number>(closeSync)

/**
 * Decoded pictures of one size in a file, and an index of where they came from. Both only grow: whatever moment a process ends at,
 * what the index names is there. A line is written after its picture; a torn last line is passed over.
 */
export class PictureStore implements RowStore {
  readonly rowShape: Shape
  private readonly entries = new Map<string, Entry>()
  private readonly byHash = new Map<string, StoredPicture>()
  private readonly length: number
  private rows = 0
  /** It begins with the end of a line: the last one in the file may be torn. */
  private newLines: string[] = ['\n']

  private constructor(
    private readonly files: StoreFiles,
    private readonly bytes: number,
    format: PictureFormat,
  ) {
    this.rowShape = [format.height, format.width, format.channels]
    this.length = bytesOfPicture(format)
    forgotten.register(this, bytes, this)
  }

  /** The store with what its files hold; they are made where there are none. */
  static async open(files: StoreFiles, format: PictureFormat): Promise<PictureStore> {
    try {
      await mkdir(dirname(files.bytes), { recursive: true })
      await open(files.bytes, 'a').then(made => made.close()) // it is there now, and what it held is
      const store = new PictureStore(files, openSync(files.bytes, 'r+'), format)
      await store.refresh()
      return store
    } catch (error) {
      throw fileError(files.bytes, 'written', error)
    }
  }

  /** Reads the index again, where another process may have written to it. */
  async refresh(): Promise<void> {
    const written = Math.floor((await promisify(fstat)(this.bytes)).size / this.length)
    for (const line of (await readIfThere(this.files.index)).split('\n')) {
      const entry = readEntry(line)
      if (entry && (!isStored(entry) || entry.row < written)) this.note(entry)
    }
  }

  /** What is known of a file. */
  find(path: string): Entry | undefined {
    return this.entries.get(path)
  }

  /** A picture with this content, from whatever file. */
  twinOf(hash: string): StoredPicture | undefined {
    return this.byHash.get(hash)
  }

  /** A picture gets the next place. Its line is written by `flush`. */
  async add(entry: Omit<StoredPicture, 'row'>, picture: Uint8Array): Promise<StoredPicture> {
    const stored = { ...entry, row: this.rows++ }
    await promisify(write)(this.bytes, picture, 0, this.length, stored.row * this.length).catch(error => {
      throw fileError(this.files.bytes, 'written', error)
    })
    this.remember(stored)
    return stored
  }

  /** What was found out about a file is kept. */
  remember(entry: Entry): void {
    this.note(entry)
    this.newLines.push(`${JSON.stringify(entry)}\n`)
  }

  /** Brings pictures and then their lines onto the disk. */
  async flush(): Promise<void> {
    if (this.newLines.every(line => line === '\n')) return
    const lines = this.newLines.join('')
    this.newLines = []
    try {
      await promisify(fdatasync)(this.bytes)
      const index = await open(this.files.index, 'a')
      await index.appendFile(lines).finally(() => index.close())
    } catch (error) {
      throw fileError(this.files.index, 'written', error)
    }
  }

  read(row: number, into: Uint8Array): void {
    const { length } = this
    if (readSync(this.bytes, into, 0, length, row * length) === length) return
    throw new FileError(
      `${this.files.bytes}: picture ${row} is not there any more.`,
      'Was the file changed? Remove it, and it is made anew.',
    )
  }

  /** At once; a store that nobody can reach any more is closed by itself. */
  close(): void {
    if (forgotten.unregister(this)) closeSync(this.bytes)
  }

  private note(entry: Entry): void {
    this.entries.set(entry.path, entry)
    if (!isStored(entry)) return
    this.byHash.set(entry.hash, entry)
    this.rows = Math.max(this.rows, entry.row + 1)
  }
}

const readIfThere = (path: string): Promise<string> =>
  readFile(path, 'utf8').catch(error => {
    if (error.code === 'ENOENT') return ''
    throw fileError(path, 'read', error)
  })
