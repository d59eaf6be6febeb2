import picocolors from 'picocolors'
import { currentPlatform, type Terminal } from '../base/platform.js'

/** Where a command speaks and listens; tests give their own. */
export interface CliIo {
  /** What was asked for: standard output. Ends lines itself. */
  out(text: string): void
  /** Errors and notices: standard error. Ends lines itself. */
  err(text: string): void
  /** Where a progress bar can be drawn; null where output is a file or a pipe. */
  readonly terminal: Terminal | null
  /** Standard input, which ends when the signal is aborted; null where it is a terminal. */
  input(signal: AbortSignal): AsyncIterable<Uint8Array> | null
  readonly colors: ReturnType<typeof picocolors.createColors>
  /** Calls `listener` at each Ctrl-C, which then no longer ends the process, until the returned function is called. */
  onInterrupt(listener: () => void): () => void
  /** Ends the process at once, whatever is under way. */
  quit(exitCode: number): void
}

/** The process fovea runs in. */
export const processIo = (): CliIo => ({
  out: text => void process.stdout.write(`${text}\n`),
  err: text => void process.stderr.write(`${text}\n`),
  terminal: currentPlatform().terminal,
  input(signal) {
    const { stdin } = process
    if (stdin.isTTY) return null
    signal.addEventListener('abort', () => stdin.destroy(), { once: true })
    return stdin
  },
  colors: picocolors,
  onInterrupt(listener) {
    process.on('SIGINT', listener)
    return () => void process.off('SIGINT', listener)
  },
  quit: exitCode => process.exit(exitCode),
})
