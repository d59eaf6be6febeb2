import { type FileHandle, open, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { notWritten, syncFolder, temporaryName } from './atomic-file.js'

/**
 * A text file that is written bit by bit and seen only when it is whole: until `finish` it grows under a temporary name
 * beside its own. See `writeAtomically`, for what is in memory.
 */
export class GrowingFile {
  private constructor(
    private readonly path: string,
    private readonly temporary: string,
    private readonly file: FileHandle,
  ) {}

  /** @throws FileError where no file can be made */
  static async create(path: string): Promise<GrowingFile> {
    const temporary = temporaryName(path)
    const file = await open(temporary, 'wx').catch(error => {
      throw notWritten(path, error)
    })
    return new GrowingFile(path, temporary, file)
  }

  /** Adds to the end. When that fails the file is given up. */
  append(text: string): Promise<void> {
    return this.orGiveUp(async () => void (await this.file.appendFile(text)))
  }

  /** Brings what was written onto the disk, and gives it its name. */
  finish(): Promise<void> {
    return this.orGiveUp(async () => {
      await this.file.sync()
      await this.file.close()
      await rename(this.temporary, this.path)
      await syncFolder(dirname(this.path))
    })
  }

  /** Leaves nothing behind; what was at the path before is untouched. */
  async giveUp(): Promise<void> {
    await this.file.close().catch(() => undefined)
    await rm(this.temporary, { force: true }).catch(() => undefined)
  }

  private async orGiveUp(write: () => Promise<void>): Promise<void> {
    try {
      await write()
    } catch (error) {
      await this.giveUp()
      throw notWritten(this.path, error)
    }
  }
}
