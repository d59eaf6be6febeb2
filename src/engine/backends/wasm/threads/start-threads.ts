import type { Thread } from '../../../../base/platform.js'
import { workerSource } from './worker-source.js'

/** `Thread 2 of 4`: people count from 1. */
export const threadName = (index: number, size: number): string => `Thread ${index + 1} of ${size}`

/**
 * Starts `size` threads; resolves when each has said that it is there. Rejects where one cannot start: a page's
 * Content-Security-Policy may forbid it, and browsers tell so only after the worker was made.
 */
export async function startThreads(
  size: number,
  spawn: (source: string) => Thread,
): Promise<readonly Thread[]> {
  const threads: Thread[] = []
  const start = async (index: number): Promise<void> => {
    try {
      const thread = spawn(workerSource)
      threads.push(thread)
      await firstMessage(thread)
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : cause
      throw new Error(`${threadName(index, size)} cannot start: ${reason}`, { cause })
    }
  }
  try {
    await Promise.all(Array.from({ length: size }, (_, index) => start(index)))
    return threads
  } catch (cause) {
    for (const thread of threads) thread.end()
    throw cause
  }
}

const firstMessage = (thread: Thread): Promise<void> =>
  new Promise((resolve, reject) => {
    thread.onMessage(() => resolve())
    thread.onDeath(reject)
  })
