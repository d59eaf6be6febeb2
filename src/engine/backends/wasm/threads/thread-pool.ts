import { FoveaError } from '../../../../base/errors.js'
import { currentPlatform, type Thread } from '../../../../base/platform.js'
import { startThreads, threadName } from './start-threads.js'

/** Steps from the first to before the last. */
export type StepRange = readonly [first: number, last: number]

/** How a program is to be run. */
export interface RunOrder {
  /** Where each thread's scratch memory is: `start + thread · bytes`. */
  readonly scratch: { readonly start: number; readonly bytes: number }
  /** Whether what the program makes of weights alone is still there. */
  readonly ready: boolean
  /** Ranges of steps to be measured one by one. Default: all steps are run in one go. */
  readonly timed?: readonly StepRange[]
}

/** A run that is done, or why this thread cannot do what it was told. */
interface Answer {
  readonly run?: number
  /** Milliseconds of the ranges that were to be measured. */
  readonly times?: readonly number[]
  readonly failed?: string
}

/** Workers over shared memory. They sleep between runs and do not keep the process alive then. */
export class ThreadPool {
  private programs = 0
  private runs = 0
  private pending: { resolve: (times: readonly number[]) => void; reject: (reason: Error) => void } | null =
    null
  /** Runs wait for each other: the barrier needs every thread in the same program. */
  private queue: Promise<unknown> = Promise.resolve()
  private dead: Error | null = null

  constructor(private readonly threads: readonly Thread[]) {
    threads.forEach((thread, index) => {
      const name = threadName(index, this.size)
      thread.onMessage(message => this.receive(message as Answer, name))
      thread.onDeath(reason => this.fail(`${name} died: ${reason.message}`))
      thread.keepAlive(false) // last: in Node a listener keeps the process alive
    })
  }

  get size(): number {
    return this.threads.length
  }

  /** False once a thread has died. */
  get alive(): boolean {
    return this.dead === null
  }

  load(module: WebAssembly.Module, memory: WebAssembly.Memory): number {
    const program = this.programs++
    for (const thread of this.threads) thread.post({ kind: 'load', program, module, memory })
    return program
  }

  drop(programs: readonly number[]): void {
    for (const thread of this.threads) thread.post({ kind: 'drop', programs })
  }

  /** Runs a program on all threads; resolves when the last step is done, with the milliseconds of the `timed` ranges. */
  run(program: number, order: RunOrder): Promise<readonly number[]> {
    const result = this.queue.then(() => this.start(program, order))
    this.queue = result.catch(() => undefined)
    return result
  }

  private start(program: number, { scratch, ready, timed = [] }: RunOrder): Promise<readonly number[]> {
    if (this.dead) return Promise.reject(this.dead)
    const run = ++this.runs
    return new Promise<readonly number[]>((resolve, reject) => {
      this.pending = { resolve, reject }
      // Thread 0 last: it has the clock, which should not wait for the others.
      for (const [index, thread] of [...this.threads.entries()].reverse()) {
        thread.keepAlive(true)
        const message = { kind: 'run', run, program, thread: index, threads: this.size, ready, timed }
        thread.post({ ...message, scratch: scratch.start + index * scratch.bytes })
      }
    }).finally(() => {
      this.pending = null
      for (const thread of this.threads) thread.keepAlive(false)
    })
  }

  private receive({ run, times = [], failed }: Answer, thread: string): void {
    if (failed !== undefined) this.fail(`${thread} failed: ${failed}`)
    else if (run === this.runs) this.pending?.resolve(times)
  }

  /** One thread lost means a barrier that never opens: the run ends, and so does the pool. */
  private fail(problem: string): void {
    if (this.dead) return
    this.dead = new FoveaError(
      problem.endsWith('.') ? problem : `${problem}.`,
      'The next run gets new threads; files are as they were.',
    )
    for (const thread of this.threads) thread.end()
    pools.delete(this.size)
    this.pending?.reject(this.dead)
  }
}

/** Pools are shared by all models of the process: threads are dear, and only one run computes at a time. */
const pools = new Map<number, Promise<ThreadPool>>()

/** The threads that are to be had. */
export type Threads =
  | { readonly pool: ThreadPool; readonly reason: null }
  | { readonly pool: null; readonly reason: string }

/** The pool of `size` threads, or why there is none. */
export async function threadPool(size: number): Promise<Threads> {
  const { spawn, withoutThreads } = currentPlatform()
  if (!spawn) return { pool: null, reason: withoutThreads ?? 'there are none here' }
  if (!hasSharedMemory()) return { pool: null, reason: 'there is no SharedArrayBuffer here' }
  const starting = pools.get(size) ?? startThreads(size, spawn).then(threads => new ThreadPool(threads))
  pools.set(size, starting)
  try {
    return { pool: await starting, reason: null }
  } catch (cause) {
    pools.delete(size)
    return { pool: null, reason: cause instanceof Error ? cause.message : String(cause) }
  }
}

/** Some runtimes have workers, but take shared memory away. */
const hasSharedMemory = (): boolean => typeof SharedArrayBuffer !== 'undefined'
