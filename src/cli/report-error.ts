import { CommanderError } from 'commander'
import { FoveaError } from '../base/errors.js'
import type { CliIo } from './io.js'

/** Tells a person what went wrong; returns the exit code. Only a bug of ours shows a stack trace. */
export function reportError(error: unknown, io: CliIo): number {
  if (error instanceof CommanderError) return error.exitCode // it has spoken already
  if (error instanceof FoveaError) {
    io.err(error.message)
    return 1
  }
  io.err(error instanceof Error ? (error.stack ?? error.message) : String(error))
  io.err('\nThis should not happen. Please report it, with the lines above and the command that led to them.')
  return 1
}
