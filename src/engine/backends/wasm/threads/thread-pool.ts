import { FoveaError } from '../../../../base/errors.js'
import { currentPlatform, type Thread } from '../../../../base/platform.js'
import { workerSource } from './worker-source.js'

/** Where each thread's scratch memory is: `start + thread · bytes`. */
export interface ScratchPlace {
  readonly start: number
  readonly bytes: number
}

/** Steps from the first to before the last. */
export type StepRange = readonly [first: number, last: number]

interface Answer {
  readonly run: number
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
    this.threads = Array.from({ length: size }, () => spawn(workerSource))
    this.threads.forEach((thread, index) => {
      thread.onMessage(message => this.receive(message as Answer))
      thread.onDeath(reason => this.fail(`Thread ${index + 1} of ${size} died: ${reason.message}`))
      thread.keepAlive(false) // last: in Node a listener keeps the process alive
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

  private receive({ run, times = [], failed }: Answer): void {
    if (failed !== undefined) this.fail(`A step failed in its thread: ${failed}`)
    else if (run === this.runs) this.pending?.resolve(times)
  }

  /** One thread lost means a barrier that never opens: the run ends, and so does the pool. */
  private fail(problem: string): void {
    this.dead = new FoveaError(
      problem,
      'Weights on disk are safe: go on from the last checkpoint in a new process.',
    )
    for (const thread of this.threads) thread.end()
    if (pools.get(this.size) === this) pools.delete(this.size)
    this.pending?.reject(this.dead)
  }
}

/** Pools are shared by all models of the process: threads are dear, and only one run computes at a time. */
const pools = new Map<number, ThreadPool>()

/** The pool of `size` threads; null where there are no threads. */
export function threadPool(size: number): ThreadPool | null {
  const { spawn } = currentPlatform()
  if (!spawn) return null
  const pool = pools.get(size) ?? new ThreadPool(size, spawn)
  pools.set(size, pool)
  return pool
}
