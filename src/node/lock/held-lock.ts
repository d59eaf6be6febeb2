import { readFileSync, rmSync } from 'node:fs'
import { type FileHandle, open, rm, utimes } from 'node:fs/promises'
import { hasCode } from '../file-errors.js'
import { thisOwner } from './owner.js'

/** Milliseconds between two signs of life, for those who cannot see this process. */
const touchedEvery = 5_000

/** A lock that this process has. It goes with the process, unless that is killed. */
export class HeldLock {
  private readonly touching: NodeJS.Timeout

  private constructor(
    private readonly path: string,
    private readonly text: string,
  ) {
    this.touching = setInterval(
      () => void utimes(path, new Date(), new Date()).catch(() => undefined),
      touchedEvery,
    )
    this.touching.unref()
    process.once('exit', this.remove)
  }

  /**
   * Makes the lock; null where there is one already.
   *
   * @throws what the operating system says: ENOENT where the folder is missing, ENOSPC, …
   */
  static async create(path: string): Promise<HeldLock | null> {
    const text = `${JSON.stringify(await thisOwner())}\n`
    const file = await open(path, 'wx').catch(error => {
      if (hasCode(error, 'EEXIST')) return null
      throw error
    })
    if (!file) return null
    await sign(file, text).catch(async error => {
      await rm(path, { force: true })
      throw error
    })
    return new HeldLock(path, text)
  }

  /** From now on another process may have it. */
  release(): void {
    clearInterval(this.touching)
    process.off('exit', this.remove)
    this.remove()
  }

  /** Unless it is somebody else's by now, who took it for abandoned. What cannot be removed will be taken for abandoned. */
  private readonly remove = (): void => {
    try {
      if (readFileSync(this.path, 'utf8') === this.text) rmSync(this.path, { force: true })
    } catch {
      return
    }
  }
}

/** Onto the disk: a lock without an owner, as a power cut could leave it, has to be watched for long. */
const sign = (file: FileHandle, text: string): Promise<void> =>
  file
    .writeFile(text)
    .then(() => file.sync())
    .finally(() => file.close())
