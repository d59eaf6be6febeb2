import type { CliIo } from './io.js'

/** What a command is given, and where it leaves its exit code when that is not 0. */
export interface CliContext {
  readonly io: CliIo
  exitCode: number
}

/** The exit code of a process that Ctrl-C ended: 128 + SIGINT's number. */
export const interruptedExitCode = 130
