import { readFile, rm, stat } from 'node:fs/promises'
import { setTimeout } from 'node:timers/promises'
import { fileError, hasCode } from '../file-errors.js'
import { HeldLock } from './held-lock.js'
import { type LockOwner, readOwner, stateOf } from './owner.js'

/** A lock whose owner cannot be seen is abandoned when it was watched for so long and not touched, in milliseconds. */
const watchedFor = 30_000
const lookedEvery = 250

/** Somebody else has the lock; or may have it, which can take `watchedFor` to be found out. */
export interface Taken {
  readonly state: 'held' | 'unsure'
  /** Null while it is being written, and where that never came to its end. */
  readonly owner: LockOwner | null
}

/** Nobody has the lock: there is none, or who made it does not run any more. */
interface Untaken {
  readonly state: 'free' | 'abandoned'
}

/**
 * A file that says which process may do something, for a process that wants to. One that is killed leaves its lock; whoever wants it next
 * finds that nobody has it any more, and takes it over.
 */
export class Lock {
  /** What was in it, and when it was touched, at the last look; since when that is so; and whether its owner was seen to touch it. */
  private seen: Contents = { text: '', touched: Number.NaN }
  private since = 0
  private wasTouched = false
  private clearing: Lock | null = null

  constructor(readonly path: string) {}

  /**
   * Takes the lock if nobody has it.
   *
   * @throws what the operating system says where the file cannot be made
   */
  async take(): Promise<HeldLock | Taken> {
    for (;;) {
      const held = await HeldLock.create(this.path)
      if (held) return held
      const look = await this.look()
      if (look.state === 'held' || look.state === 'unsure') return look
      if (look.state === 'abandoned' && !(await this.clearAway())) return { state: 'unsure', owner: null }
    }
  }

  /**
   * How long it was not touched goes by the time of this process, which stands still while the machine sleeps: by the clock every lock
   * would be old when it wakes up.
   */
  private async look(): Promise<Taken | Untaken> {
    const file = await readLock(this.path)
    if (!file) return { state: 'free' }
    this.note(file)
    const owner = readOwner(file.text)
    const state = owner ? await stateOf(owner) : 'unknown'
    if (state === 'gone') return { state: 'abandoned' }
    const isFresh = Math.abs(Date.now() - file.touched) < watchedFor
    if (state === 'alive' || (state === 'likely' && isFresh)) return { state: 'held', owner }
    if (performance.now() - this.since > watchedFor) return { state: 'abandoned' }
    return { state: this.wasTouched ? 'held' : 'unsure', owner }
  }

  private note(file: Contents): void {
    const { text, touched } = this.seen
    if (file.text === text && file.touched === touched) return
    this.wasTouched = file.text === text && !Number.isNaN(touched)
    this.seen = file
    this.since = performance.now()
  }

  /**
   * Removes the lock if it is abandoned. False where another process is at it.
   *
   * Two may find the same lock abandoned, and the slower one must not remove what the faster one has made since. So who removes a lock
   * of others has another lock meanwhile, and looks again: what it sees then, nobody else changes.
   */
  private async clearAway(): Promise<boolean> {
    this.clearing ??= new Lock(`${this.path}.clearing`)
    const clearing = await this.clearing.take()
    if (!(clearing instanceof HeldLock)) return false
    try {
      if ((await this.look()).state === 'abandoned') await rm(this.path, { force: true })
    } finally {
      clearing.release()
    }
    return true
  }
}

/** What is in a lock, and when it was touched, in milliseconds since 1970. */
interface Contents {
  readonly text: string
  readonly touched: number
}

/** Null where there is no lock. */
async function readLock(path: string): Promise<Contents | null> {
  try {
    const { mtimeMs } = await stat(path)
    const text = await readFile(path, 'utf8').catch(error => {
      if (hasCode(error, 'ENOENT')) throw error
      return '' // it may not be read: it is watched
    })
    return { text, touched: mtimeMs }
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return null
    throw error
  }
}

/** Until a lock is worth another look. */
export const aWhile = async (signal?: AbortSignal): Promise<void> => {
  await setTimeout(lookedEvery, undefined, signal && { signal }).catch(() => signal?.throwIfAborted())
}

export interface WaitOptions {
  readonly signal?: AbortSignal | undefined
  /** Called once, where another process has the lock. */
  readonly onWait?: (() => void) | undefined
}

/** Does work while no other process does such work: where one has the lock, it is waited for. */
export async function withLock<T>(path: string, options: WaitOptions, work: () => Promise<T>): Promise<T> {
  const held = await waitFor(new Lock(path), options)
  try {
    return await work()
  } finally {
    held.release()
  }
}

async function waitFor(lock: Lock, { signal, onWait }: WaitOptions): Promise<HeldLock> {
  for (let waits = 0; ; waits++) {
    const held = await lock.take().catch(error => {
      throw fileError(lock.path, 'written', error)
    })
    if (held instanceof HeldLock) return held
    if (waits === 0) onWait?.()
    await aWhile(signal)
  }
}
