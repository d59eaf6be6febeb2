import type picocolors from 'picocolors'
import { currentPlatform, type Terminal } from '../base/platform.js'
import { processColors } from './colors.js'

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
  /**
   * Calls `listener` at each Ctrl-C, or each of `signals`, which then no longer ends the process, until the returned function is
   * called.
   */
  onInterrupt(listener: () => void, signals?: readonly NodeJS.Signals[]): () => void
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
  colors: processColors(),
  onInterrupt(listener, signals = ['SIGINT']) {
    for (const signal of signals) process.on(signal, listener)
    return () => {
      for (const signal of signals) process.off(signal, listener)
    }
  },
  quit: exitCode => process.exit(exitCode),
})
