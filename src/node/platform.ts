import { availableParallelism } from 'node:os'
import { setFlagsFromString } from 'node:v8'
import { Worker } from 'node:worker_threads'
import type { Platform, Thread } from '../base/platform.js'

/** Under Node's permission model workers must be allowed. */
const mayStartWorkers = process.permission?.has('worker') ?? true

/** Node: worker threads for every core, and the terminal when standard output is one. */
export const nodePlatform: Platform = {
  cores: availableParallelism(),
  spawn: mayStartWorkers ? source => new WorkerThread(source) : null,
  ...(mayStartWorkers ? {} : { withoutThreads: 'this process may not start workers (--allow-worker)' }),
  allowRelaxedSimd,
  pause: () => new Promise(resolve => setImmediate(resolve)),
  get terminal() {
    const { stdout } = process
    if (!stdout.isTTY) return null
    return { columns: stdout.columns, write: (text: string) => void stdout.write(text) }
  },
}

/**
 * Node 20's V8 knows relaxed SIMD under a flag; an older one may know another form of it, newer ones need no flag. It also
 * unrolls innermost loops without counting registers, which takes a third off the speed of full product tiles.
 */
function allowRelaxedSimd(): boolean {
  if (!process.versions.v8?.startsWith('11.3.')) return false
  setFlagsFromString('--experimental-wasm-relaxed-simd')
  setFlagsFromString('--no-wasm-loop-unrolling')
  return true
}

/** A worker thread. `source` runs as a classic script: it has `require`, and `parentPort` from `node:worker_threads`. */
class WorkerThread implements Thread {
  private readonly worker: Worker
  private ended = false
  private needed = true

  constructor(source: string) {
    // Without the flags of the process: some (--input-type, --import) would change what the text means, or what it does.
    this.worker = new Worker(source, { eval: true, execArgv: [] })
  }

  post(message: unknown): void {
    this.worker.postMessage(message)
  }

  onMessage(listener: (message: unknown) => void): void {
    this.worker.on('message', listener)
    this.keepAlive(this.needed) // in Node a listener keeps the process alive
  }

  onDeath(listener: (reason: Error) => void): void {
    let told = false
    const once = (reason: Error) => {
      if (!this.ended && !told) listener(reason)
      told = true // an uncaught error is followed by an exit
    }
    this.worker.on('error', once)
    this.worker.on('messageerror', once)
    this.worker.on('exit', code => once(new Error(`the thread ended by itself, with code ${code}`)))
  }

  keepAlive(yes: boolean): void {
    this.needed = yes
    if (yes) this.worker.ref()
    else this.worker.unref()
  }

  end(): void {
    this.ended = true
    void this.worker.terminate()
  }
}
