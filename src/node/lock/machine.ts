import { readFile, readlink } from 'node:fs/promises'
import { hostname } from 'node:os'

/** What tells this machine, and what counts its processes, from others. Null: nothing here says so (only Linux does). */
export interface Machine {
  readonly host: string
  /** Differs where machines have the same name. */
  readonly machine: string | null
  /** Differs each time the machine is started. */
  readonly boot: string | null
  /** Whose numbers of processes: each container counts its own. */
  readonly space: string | null
}

/** The machine this process runs on. */
export async function thisMachine(): Promise<Machine> {
  const [machine, boot, space] = await Promise.all([
    told(readFile('/etc/machine-id', 'utf8')),
    told(readFile('/proc/sys/kernel/random/boot_id', 'utf8')),
    told(readlink('/proc/self/ns/pid')),
  ])
  return { host: hostname(), machine, boot, space }
}

/** A process as Linux tells of it. */
export interface Birth {
  /** When it began, in ticks since the machine was started: a later process of the same number began later. */
  readonly born: string
  /** It has ended, and only its parent has not asked how. */
  readonly ended: boolean
}

/** Null where it is not told: on other systems, or of processes that may not be looked at. */
export async function birthOf(pid: number): Promise<Birth | null> {
  const stat = await told(readFile(`/proc/${pid}/stat`, 'utf8'))
  // proc(5): number, (name), state, and 18 fields further the time; the name may hold blanks and brackets.
  const fields = stat?.slice(stat.lastIndexOf(')') + 2).split(' ') ?? []
  const [state, born] = [fields[0], fields[19]]
  return state === undefined || born === undefined ? null : { born, ended: 'ZX'.includes(state) }
}

const told = async (text: Promise<string>): Promise<string | null> => {
  const said = await text.catch(() => '')
  return said.trim() === '' ? null : said.trim()
}
