import { type FileHandle, open, readFile, rm, stat, utimes } from 'node:fs/promises'
import { setTimeout } from 'node:timers/promises'
import { fileError, hasCode } from '../file-errors.js'

/** A lock that is watched for so long and not touched belongs to nobody, in milliseconds. */
const abandonedAfter = 30_000
const touchedEvery = 5_000
const lookedEvery = 250

export interface WaitOptions {
  readonly signal?: AbortSignal | undefined
  /** Called once, where another process has the lock. */
  readonly onWait?: (() => void) | undefined
}

/** Does work while no other process does such work. The lock is a file, which is touched as long as the work goes on. */
export async function withWriterLock<T>(
  path: string,
  { signal, onWait }: WaitOptions,
  work: () => Promise<T>,
): Promise<T> {
  const isAbandoned = watchLock(path)
  for (let waits = 0; !(await taken(path)); waits++) {
    if (waits === 0) onWait?.()
    await setTimeout(lookedEvery, undefined, signal && { signal }).catch(() => signal?.throwIfAborted())
    if (await isAbandoned()) await rm(path, { force: true })
  }
  const touch = setInterval(
    () => void utimes(path, new Date(), new Date()).catch(() => undefined),
    touchedEvery,
  )
  touch.unref()
  try {
    return await work()
  } finally {
    clearInterval(touch)
    await rm(path, { force: true })
  }
}

async function taken(path: string): Promise<boolean> {
  try {
    const file = await open(path, 'wx')
    await sign(file).catch(async error => {
      await rm(path, { force: true })
      throw error
    })
    return true
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return false
    throw fileError(path, 'written', error)
  }
}

const sign = (file: FileHandle): Promise<void> =>
  file.writeFile(`${process.pid}\n`).finally(() => file.close())

/**
 * Tells whether who made the lock is gone: killed, or the machine was switched off. How long it was not touched goes by the time of
 * this process, which stands still while the machine sleeps: by the clock every lock would be old when it wakes up.
 */
function watchLock(path: string): () => Promise<boolean> {
  let touched = Number.NaN
  let since = 0
  return async () => {
    try {
      const { mtimeMs } = await stat(path)
      if (mtimeMs !== touched) [touched, since] = [mtimeMs, performance.now()]
      return performance.now() - since > abandonedAfter || !isRunning(Number(await readFile(path, 'utf8')))
    } catch {
      return false // it was removed in between
    }
  }
}

/** A file that is just being written has no number yet. */
function isRunning(pid: number): boolean {
  if (!(pid > 0)) return true
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return !hasCode(error, 'ESRCH')
  }
}
