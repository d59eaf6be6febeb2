import picocolors from 'picocolors'
import type { CliIo } from '../../src/cli/io.js'
import { run } from '../../src/cli/main.js'

/** What a command did. */
export interface Spoken {
  readonly exitCode: number
  readonly out: string
  readonly err: string
}

/** An io that keeps what is said. `interrupt` is Ctrl-C; `quits` are the exit codes of `quit`; `input` is standard input. */
export function captureIo(input: AsyncIterable<Uint8Array> | null = null) {
  const listeners = new Set<() => void>()
  const out: string[] = []
  const err: string[] = []
  const quits: number[] = []
  const io: CliIo = {
    out: text => void out.push(text),
    err: text => void err.push(text),
    terminal: null,
    input: () => input,
    colors: picocolors.createColors(false),
    onInterrupt(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    quit: exitCode => void quits.push(exitCode),
  }
  const interrupt = () => listeners.forEach(listener => listener())
  return { io, out, err, quits, interrupt, listeners }
}

/** Runs one command line in this process; words are separated by blanks. */
export async function fovea(commandLine: string): Promise<Spoken> {
  const { io, out, err } = captureIo()
  const exitCode = await run(commandLine.split(' ').filter(Boolean), io)
  return { exitCode, out: out.join('\n'), err: err.join('\n') }
}

/** Runs a command line until something is said that fits, and presses Ctrl-C then. */
export async function interruptedAt(said: RegExp, commandLine: string) {
  const captured = captureIo()
  const io = {
    ...captured.io,
    out: (text: string) => {
      captured.io.out(text)
      if (said.test(text)) captured.interrupt()
    },
  }
  const exitCode = await run(commandLine.split(' '), io)
  return { ...captured, exitCode }
}
