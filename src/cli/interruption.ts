import { interruptedExitCode } from './context.js'
import type { CliIo } from './io.js'

/** Ctrl-C, or what else ends a process, as a signal. */
export interface Interruption {
  readonly signal: AbortSignal
  /** Ctrl-C ends the process again. */
  release(): void
}

/**
 * The first Ctrl-C aborts the signal, so that what is under way can be brought to an end; the second quits at once.
 *
 * @param onFirst tells the person
 * @param signals default: Ctrl-C alone
 */
export function listenForInterrupt(
  io: CliIo,
  onFirst: () => void,
  signals?: readonly NodeJS.Signals[],
): Interruption {
  const controller = new AbortController()
  const release = io.onInterrupt(() => {
    if (controller.signal.aborted) return io.quit(interruptedExitCode)
    controller.abort()
    onFirst()
  }, signals)
  return { signal: controller.signal, release }
}
