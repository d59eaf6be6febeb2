import { closeSync, existsSync, fdatasync, fstat, openSync, readSync, write } from 'node:fs'
import { mkdir, open, readFile, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { promisify } from 'node:util'
import { FileError } from '../../base/errors.js'
import type { Shape } from '../../base/shape.js'
import type { RowStore } from '../../data/stored-rows.js'
import { fileError, hasCode } from '../file-errors.js'
import { type Entry, isStored, readEntry, type StoredPicture } from './entry.js'
import { bytesOfPicture, type PictureFormat } from './picture-format.js'
import type { StoreFiles } from './store-files.js'

/** Rows of a data set are read as long as anybody has them, so the file is closed when nobody has. */
const forgotten = new FinalizationRegistry<number>(closeSync)

/**
 * Decoded pictures of one size in a file, and an index of where they came from. Both only grow: whatever moment a process ends at,
 * what the index names is there. A line is written after its picture; a torn last line is passed over. No place is written twice,
 * for another process may be reading it.
 */
export class PictureStore implements RowStore {
  readonly rowShape: Shape
  private readonly entries = new Map<string, Entry>()
  private readonly byHash = new Map<string, StoredPicture>()
  private readonly length: number
  private rows = 0
  /** Whether the index names pictures that are not there: somebody else has changed the files. */
  private damaged = false
  /** It begins with the end of a line: the last one in the file may be torn. */
  private newLines: string[] = ['\n']

  private constructor(
    private readonly files: StoreFiles,
    private bytes: number,
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
      const store = new PictureStore(files, await openBytes(files.bytes), format)
      await store.readIndex()
      return store
    } catch (error) {
      throw fileError(files.bytes, 'written', error, whereItLies)
    }
  }

  /**
   * Reads both files again, where another process may have written to them. Only who has the lock may call it: a damaged store is
   * removed and begun anew. Who reads the old one goes on with what is left of it, never with other pictures.
   */
  async refresh(): Promise<void> {
    const { files } = this
    try {
      await this.reopen()
      if (!this.damaged) return
      await rm(files.index, { force: true })
      await rm(files.bytes, { force: true })
      await this.reopen()
    } catch (error) {
      throw fileError(files.bytes, 'written', error)
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
    await this.writeRow(stored.row, picture).catch(error => {
      throw fileError(this.files.bytes, 'written', error)
    })
    this.remember(stored)
    return stored
  }

  /** What was found out about a file is kept, unless it says nothing of its content: permissions change without a trace in it. */
  remember(entry: Entry): void {
    this.note(entry)
    if (!isPassing(entry)) this.newLines.push(`${JSON.stringify(entry)}\n`)
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

  private async reopen(): Promise<void> {
    this.close()
    this.bytes = await openBytes(this.files.bytes)
    forgotten.register(this, this.bytes, this)
    this.entries.clear()
    this.byHash.clear()
    await this.readIndex()
  }

  private async readIndex(): Promise<void> {
    const written = Math.floor((await promisify(fstat)(this.bytes)).size / this.length)
    this.rows = written
    this.damaged = false
    for (const line of (await readIfThere(this.files.index)).split('\n')) {
      const entry = readEntry(line)
      if (!entry || isPassing(entry)) continue
      if (isStored(entry) && entry.row >= written) this.damaged = true
      else this.note(entry)
    }
  }

  /** A disk that is nearly full takes a part and says so; the rest is refused with the reason. */
  private async writeRow(row: number, picture: Uint8Array): Promise<void> {
    for (let done = 0; done < this.length; ) {
      const rest = this.length - done
      const { bytesWritten } = await promisify(write)(
        this.bytes,
        picture,
        done,
        rest,
        row * this.length + done,
      )
      done += bytesWritten
    }
  }

  private note(entry: Entry): void {
    this.entries.set(entry.path, entry)
    if (!isStored(entry)) return
    this.byHash.set(entry.hash, entry)
  }
}

const whereItLies =
  'Decoded pictures are kept in the folder that the run lies in; --run PLACE/NAME puts both elsewhere.'

/** It is there now, and what it held is. Where nobody may write, what is there can still be read. */
async function openBytes(path: string): Promise<number> {
  try {
    await open(path, 'a').then(made => made.close())
    return openSync(path, 'r+')
  } catch (error) {
    if (hasCode(error, 'EACCES', 'EPERM', 'EROFS') && existsSync(path)) return openSync(path, 'r')
    throw error
  }
}

const isPassing = (entry: Entry): boolean => 'fault' in entry && entry.fault === 'unreadable'

const readIfThere = (path: string): Promise<string> =>
  readFile(path, 'utf8').catch(error => {
    if (error.code === 'ENOENT') return ''
    throw fileError(path, 'read', error)
  })
