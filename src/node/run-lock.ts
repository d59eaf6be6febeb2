import { createHash } from 'node:crypto'
import { access, constants, realpath, rmdir } from 'node:fs/promises'
import { hostname } from 'node:os'
import { basename, dirname, join, resolve } from 'node:path'
import { OptionError } from '../base/errors.js'
import { noticeOnce } from '../base/notices.js'
import { fileError, hasCode } from './file-errors.js'
import { kindOfPath } from './file-facts.js'
import { HeldLock } from './lock/held-lock.js'
import { aWhile, Lock, type Taken } from './lock/lock.js'
import type { LockOwner } from './lock/owner.js'
import { makeFolder } from './make-folder.js'
import { lastRunNumber } from './run-paths.js'

/** A run that this process alone may train: one that is there, or a name for a new one. */
export class RunLock {
  constructor(
    /** Of the run's folder. */
    readonly path: string,
    private readonly held: HeldLock,
    /** Folders that were made for the lock to lie in, the outermost first. */
    private readonly made: readonly string[],
  ) {}

  /** From now on another process may train it. Nothing is left of the lock. */
  async release(): Promise<void> {
    this.held.release()
    await removeEmpty(this.made)
  }

  /** Does what may still be refused before the run is trained; it is released then. */
  async during<T>(work: () => Promise<T>): Promise<T> {
    return work().catch(async error => {
      await this.release()
      throw error
    })
  }
}

/**
 * Takes a run for this process.
 *
 * @param path of its folder, which need not be there yet
 * @param advice for whoever is refused
 * @throws OptionError where a living process trains it; FileError where the lock cannot be written
 */
export async function lockRun(path: string, advice: string): Promise<RunLock> {
  const lock = new Lock(await lockPathOf(path))
  for (let looks = 0; ; looks++) {
    const taken = await tryRun(path, lock)
    if (taken instanceof RunLock) return taken
    if (taken.state === 'held' && taken.owner) throw beingTrained(path, taken.owner, advice)
    // Not at the first looks: what is just being written is not known either.
    if (looks === 4) noticeOnce(lock.path, watching(path, taken.owner))
    await aWhile()
  }
}

/**
 * Takes `parent/prefix-N` for a new run: N is one more than the largest there is, or than what processes have taken that begin now.
 *
 * @throws FileError where the lock cannot be written
 */
export async function lockNewRun(parent: string, prefix: string): Promise<RunLock> {
  for (let tried = 0; ; ) {
    tried = 1 + Math.max(tried, await lastRunNumber(parent, prefix))
    const path = join(parent, `${prefix}-${tried}`)
    const taken = await tryRun(path, new Lock(await lockPathOf(path)))
    if (taken instanceof RunLock) {
      if ((await kindOfPath(path)) === 'nothing') return taken
      await taken.release() // a run has begun and ended since its number was looked for
    }
  }
}

/**
 * Where the lock of a run lies: beside its folder, so that a run which never begins has none. In the folder where nothing new may be
 * written beside it. Whatever path leads to a run, its lock is the same.
 */
async function lockPathOf(path: string): Promise<string> {
  const folder = await realpath(path).catch(() => resolve(path))
  const above = dirname(folder)
  const isClosed = !(await takesFiles(above)) && (await takesFiles(folder))
  return isClosed ? join(folder, '.lock') : join(above, `.${shortName(basename(folder))}.lock`)
}

/** A name that leaves room for an ending: systems take 255 bytes. */
const shortName = (name: string): string =>
  Buffer.byteLength(name) <= 200 ? name : createHash('sha256').update(name).digest('hex')

const takesFiles = (folder: string): Promise<boolean> =>
  access(folder, constants.W_OK).then(
    () => true,
    () => false,
  )

async function tryRun(path: string, lock: Lock): Promise<RunLock | Taken> {
  const made: string[] = []
  try {
    const taken = await inFolder(lock, made)
    return taken instanceof HeldLock ? new RunLock(path, taken, made) : taken
  } catch (error) {
    await removeEmpty(made)
    const isNew = (await kindOfPath(path)) === 'nothing'
    throw fileError(path, 'written', error, isNew ? whereItLies : undefined)
  }
}

const whereItLies = 'Runs and decoded pictures lie in one folder; --run PLACE/NAME puts both elsewhere.'

/** Of making a folder that others may find empty and remove before something is in it. */
const mostTries = 10

/** Makes the folder that the lock lies in, too. */
async function inFolder(lock: Lock, made: string[]): Promise<HeldLock | Taken> {
  for (let tries = 0; ; tries++)
    try {
      if (tries > 0) made.push(...(await makeFolder(dirname(lock.path))))
      return await lock.take()
    } catch (error) {
      if (!hasCode(error, 'ENOENT') || tries === mostTries) throw error
    }
}

async function removeEmpty(folders: readonly string[]): Promise<void> {
  for (const folder of [...folders].reverse()) await rmdir(folder).catch(() => undefined)
}

const beingTrained = (path: string, owner: LockOwner, advice: string): OptionError =>
  new OptionError(
    `${path} is being trained by ${nameOf(owner)} since ${localTime(owner.since)}; one process at a time can train a run.`,
    advice,
  )

const watching = (path: string, owner: LockOwner | null): string =>
  `${path} was being trained by ${owner ? nameOf(owner) : 'another process'}: looking for half a minute whether it still is.`

const nameOf = ({ pid, host }: LockOwner): string =>
  host === hostname() ? `process ${pid}` : `process ${pid} on ${host}`

/** `2026-03-01 14:05:09`, by the clock on the wall. */
function localTime(iso: string): string {
  const time = new Date(iso)
  const shifted = new Date(time.getTime() - 60_000 * time.getTimezoneOffset())
  return shifted.toISOString().slice(0, 19).replace('T', ' ')
}
