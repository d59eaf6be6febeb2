import { FoveaError } from '../../../../base/errors.js'
import { noticeOnce } from '../../../../base/notices.js'
import { currentPlatform, type Platform, type Thread } from '../../../../base/platform.js'
import { workerSource } from './worker-source.js'

/** Where each thread's scratch memory is: `start + thread · bytes`. */
export interface ScratchPlace {
  readonly start: number
  readonly bytes: number
}

/** Steps from the first to before the last. */
export type StepRange = readonly [first: number, last: number]

/** A run that is done, or why this thread cannot do what it was told. */
interface Answer {
  readonly run?: number
  /** Milliseconds of the ranges that were to be measured. */
  readonly times?: readonly number[]
  readonly failed?: string
}

/** Workers over shared memory. They sleep between runs and do not keep the process alive then. */
export class ThreadPool {
  private readonly threads: readonly Thread[]
  private programs = 0
  private runs = 0
  private pending: { resolve: (times: readonly number[]) => void; reject: (reason: Error) => void } | null =
    null
  /** Runs wait for each other: the barrier needs every thread in the same program. */
  private queue: Promise<unknown> = Promise.resolve()
  private dead: Error | null = null

  constructor(
    readonly size: number,
    spawn: (source: string) => Thread,
  ) {
    this.threads = startThreads(size, spawn)
    this.threads.forEach((thread, index) => {
      const name = nameOf(index, size)
      thread.onMessage(message => this.receive(message as Answer, name))
      thread.onDeath(reason => this.fail(`${name} died: ${reason.message}`))
      thread.keepAlive(false)
    })
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
  run(program: number, scratch: ScratchPlace, timed: readonly StepRange[] = []): Promise<readonly number[]> {
    const result = this.queue.then(() => this.start(program, scratch, timed))
    this.queue = result.catch(() => undefined)
    return result
  }

  private start(
    program: number,
    scratch: ScratchPlace,
    timed: readonly StepRange[],
  ): Promise<readonly number[]> {
    if (this.dead) return Promise.reject(this.dead)
    const run = ++this.runs
    return new Promise<readonly number[]>((resolve, reject) => {
      this.pending = { resolve, reject }
      this.threads.forEach((thread, index) => {
        thread.keepAlive(true)
        const message = { kind: 'run', run, program, thread: index, threads: this.size, timed }
        thread.post({ ...message, scratch: scratch.start + index * scratch.bytes })
      })
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
      `${problem}${problem.endsWith('.') ? '' : '.'}`,
      'The next run gets new threads; files are as they were.',
    )
    for (const thread of this.threads) thread.end()
    if (pools.get(this.size) === this) pools.delete(this.size)
    this.pending?.reject(this.dead)
  }
}

/** `Thread 2 of 4`: people count from 1. */
const nameOf = (index: number, size: number): string => `Thread ${index + 1} of ${size}`

/** All threads, or none and an error. */
function startThreads(size: number, spawn: (source: string) => Thread): readonly Thread[] {
  const threads: Thread[] = []
  try {
    while (threads.length < size) threads.push(spawn(workerSource))
    return threads
  } catch (cause) {
    for (const thread of threads) thread.end()
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new FoveaError(
      `${nameOf(threads.length, size)} could not be started: ${reason}.`,
      'Ask for fewer threads, or lift the limit on threads and memory of this process.',
      { cause },
    )
  }
}

/** Pools are shared by all models of the process: threads are dear, and only one run computes at a time. */
const pools = new Map<number, ThreadPool>()

/** The pool of `size` threads; null, with a notice, where there are no threads. */
export function threadPool(size: number): ThreadPool | null {
  const platform = currentPlatform()
  const { spawn } = platform
  if (!spawn || !hasSharedMemory()) {
    const reason = spawn ? 'there is no SharedArrayBuffer here' : reasonOf(platform)
    noticeOnce('threads', `No threads: ${reason}. One core computes, more slowly, the same numbers.`)
    return null
  }
  const pool = pools.get(size) ?? new ThreadPool(size, spawn)
  pools.set(size, pool)
  return pool
}

/** Some runtimes have workers, but take shared memory away (it makes a precise clock). */
const hasSharedMemory = (): boolean => typeof SharedArrayBuffer !== 'undefined'

const reasonOf = ({ withoutThreads }: Platform): string => withoutThreads ?? 'this platform has none'
