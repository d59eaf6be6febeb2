import { open, readFile, rm, stat, utimes } from 'node:fs/promises'
import { setTimeout } from 'node:timers/promises'
import { fileError, hasCode } from '../file-errors.js'

/** A lock that nobody has touched for so long belongs to nobody, in milliseconds. */
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
  for (let waits = 0; !(await taken(path)); waits++) {
    if (waits === 0) onWait?.()
    await setTimeout(lookedEvery, undefined, signal && { signal }).catch(() => signal?.throwIfAborted())
    if (await isAbandoned(path)) await rm(path, { force: true })
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
    await file.writeFile(`${process.pid}\n`).finally(() => file.close())
    return true
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return false
    throw fileError(path, 'written', error)
  }
}

/** Whether who made the lock is gone: killed, or the machine was switched off. */
async function isAbandoned(path: string): Promise<boolean> {
  try {
    const age = Date.now() - (await stat(path)).mtimeMs
    return age > abandonedAfter || !isRunning(Number(await readFile(path, 'utf8')))
  } catch {
    return false // it was removed in between
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
