import type { Thread } from '../../../../base/platform.js'
import { workerSource } from './worker-source.js'

/**
 * Starts `size` threads; resolves when each has said that it is there. Rejects where one cannot start: a page's
 * Content-Security-Policy may forbid it, and browsers tell so only after the worker was made.
 */
export async function startThreads(
  size: number,
  spawn: (source: string) => Thread,
): Promise<readonly Thread[]> {
  const threads: Thread[] = []
  try {
    while (threads.length < size) threads.push(spawn(workerSource))
    await Promise.all(threads.map(firstMessage))
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
