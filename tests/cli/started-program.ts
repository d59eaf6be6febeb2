import { type ChildProcess, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/** The program as it is built. */
export const bin = fileURLToPath(new URL('../../bin/fovea.mjs', import.meta.url))

/** The program under way, as a process of its own. */
export interface Started {
  readonly child: ChildProcess
  /** Its exit code, null where a signal ended it, and what it said on standard error. */
  readonly end: Promise<{ readonly code: number | null; readonly err: string }>
}

/** @param folder that it works in; default: that of the tests */
export function start(commandLine: string, folder = process.cwd()): Started {
  const child = spawn(process.execPath, [bin, ...commandLine.split(' ')], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let err = ''
  child.stderr.on('data', chunk => {
    err += chunk
  })
  return { child, end: new Promise(resolve => child.on('close', code => resolve({ code, err }))) }
}

/** Looks again and again until it is so, or the process has ended. */
export async function until(isSo: () => boolean, { child }: Started): Promise<void> {
  while (!isSo() && child.exitCode === null) await new Promise(resolve => setTimeout(resolve, 2))
}

/** Sends a signal; returns the exit code. */
export async function endBy({ child, end }: Started, signal: NodeJS.Signals): Promise<number | null> {
  child.kill(signal)
  return (await end).code
}

/** Its exit code, when it has ended. */
export const codeOf = async ({ end }: Started): Promise<number | null> => (await end).code
