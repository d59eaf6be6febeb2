import { CommanderError } from 'commander'
import { FoveaError } from '../base/errors.js'
import type { CliIo } from './io.js'

/** Tells a person what went wrong; returns the exit code. Only a bug of ours shows a stack trace. */
export function reportError(error: unknown, io: CliIo): number {
  if (error instanceof CommanderError) {
    if (isSpelledOutGlob(error)) io.err(`  ${globAdvice}`)
    return error.exitCode // it has said the rest itself
  }
  if (error instanceof FoveaError) {
    io.err(error.message)
    return 1
  }
  io.err(error instanceof Error ? (error.stack ?? error.message) : String(error))
  io.err('\nThis should not happen. Please report it, with the lines above and the command that led to them.')
  return 1
}

/** Many files where one place was expected: mostly a shell has replaced a glob by what it found. */
const isSpelledOutGlob = ({ code, message }: CommanderError): boolean =>
  code === 'commander.excessArguments' && /for '(data|train|evaluate|remedies|lr-find)'/.test(message)

const globAdvice =
  'Give one place. A glob goes in quotes, else the shell puts the files it finds in its place: "photos/**/*.jpg"'
