import { isRecord } from '../../base/record.js'
import { hasCode } from '../file-errors.js'
import { birthOf, type Machine, thisMachine } from './machine.js'

/** Who made a lock, as it is written into it: enough to tell later whether that process still runs. */
export interface LockOwner extends Machine {
  readonly pid: number
  /** When the process began; see `Birth`. */
  readonly born: string | null
  /** When it took the lock, as ISO 8601. */
  readonly since: string
}

/** This process, taking a lock now. */
export async function thisOwner(): Promise<LockOwner> {
  const [machine, birth] = await Promise.all([thisMachine(), birthOf(process.pid)])
  return { pid: process.pid, since: new Date().toISOString(), born: birth?.born ?? null, ...machine }
}

/** Null for what is no owner: a lock that is just being written has none yet. */
export function readOwner(text: string): LockOwner | null {
  try {
    const value: unknown = JSON.parse(text)
    return isOwner(value) ? value : null
  } catch {
    return null
  }
}

/**
 * - `alive`: it runs.
 * - `gone`: it does not.
 * - `likely`: a process with its number runs here, which may be another one.
 * - `unknown`: it is of another machine or container, of which nothing can be seen here.
 */
export type OwnerState = 'alive' | 'gone' | 'likely' | 'unknown'

/** Whether the process that made a lock still runs. */
export async function stateOf(owner: LockOwner): Promise<OwnerState> {
  const here = await thisMachine()
  if (owner.host !== here.host || owner.machine !== here.machine) return 'unknown'
  if (owner.boot !== here.boot) return owner.boot === null || here.boot === null ? 'unknown' : 'gone'
  if (owner.space !== here.space) return 'unknown'
  if (!isRunning(owner.pid)) return 'gone'
  const birth = await birthOf(owner.pid)
  if (birth === null || owner.born === null) return 'likely'
  return birth.born === owner.born && !birth.ended ? 'alive' : 'gone'
}

/** Whether a process has this number. */
function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return !hasCode(error, 'ESRCH')
  }
}

const isText = (value: unknown): boolean => typeof value === 'string'
const isTextOrNull = (value: unknown): boolean => value === null || isText(value)

const isOwner = (value: unknown): value is LockOwner =>
  isRecord(value) &&
  Number.isSafeInteger(value.pid) &&
  (value.pid as number) > 0 &&
  isText(value.host) &&
  isText(value.since) &&
  !Number.isNaN(Date.parse(value.since as string)) &&
  [value.machine, value.boot, value.space, value.born].every(isTextOrNull)
