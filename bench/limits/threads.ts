import { Worker } from 'node:worker_threads'

/** An exported function of a module that imports `env.memory`. */
export interface Job {
  readonly module: WebAssembly.Module
  readonly memory: WebAssembly.Memory
  readonly name: string
  /** Arguments of the call for each thread; their number is the number of threads. */
  readonly calls: readonly (readonly number[])[]
  readonly windows: number
}

/** What a thread is told. */
export interface ThreadJob extends Omit<Job, 'calls'> {
  readonly call: readonly number[]
  readonly threads: number
  /** Counts arrivals at the meetings before each window. */
  readonly meetings: Int32Array
}

/** Milliseconds since the epoch, so that threads can compare them. */
export interface Span {
  readonly start: number
  readonly end: number
}

/**
 * Seconds that each window took: from when the first thread began to when the last was done. All threads begin a window
 * together; a first window, which warms up, is left out.
 */
export async function timeOnThreads({ calls, ...job }: Job): Promise<readonly number[]> {
  const meetings = new Int32Array(new SharedArrayBuffer(4))
  const threads = await Promise.all(
    calls.map(call => runThread({ ...job, windows: job.windows + 1, call, threads: calls.length, meetings })),
  )
  return Array.from({ length: job.windows }, (_, index) => {
    const spans = threads.map(spans => spans[index + 1]!)
    const end = Math.max(...spans.map(span => span.end))
    return (end - Math.min(...spans.map(span => span.start))) / 1000
  })
}

const runThread = (job: ThreadJob): Promise<readonly Span[]> =>
  new Promise((resolve, reject) => {
    const worker = new Worker(new URL('thread.js', import.meta.url), { workerData: job })
    worker.on('message', resolve)
    worker.on('error', reject)
  })
