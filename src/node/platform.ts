import { availableParallelism } from 'node:os'
import { setFlagsFromString } from 'node:v8'
import { Worker } from 'node:worker_threads'
import type { Platform, Thread } from '../base/platform.js'

/** Node: worker threads for every core, and the terminal when standard output is one. */
export const nodePlatform: Platform = {
  cores: availableParallelism(),
  spawn: source => new WorkerThread(source),
  allowRelaxedSimd,
  pause: () => new Promise(resolve => setImmediate(resolve)),
  get terminal() {
    const { stdout } = process
    if (!stdout.isTTY) return null
    return { columns: stdout.columns, write: (text: string) => void stdout.write(text) }
  },
}

/** Node 20's V8 knows relaxed SIMD under a flag; an older one may know another form of it, newer ones need no flag. */
function allowRelaxedSimd(): boolean {
  if (!process.versions.v8?.startsWith('11.3.')) return false
  setFlagsFromString('--experimental-wasm-relaxed-simd')
  return true
}

/** A worker thread. `source` runs as a classic script: it has `require`, and `parentPort` from `node:worker_threads`. */
class WorkerThread implements Thread {
  private readonly worker: Worker
  private ended = false

  constructor(source: string) {
    this.worker = new Worker(source, { eval: true })
  }

  post(message: unknown): void {
    this.worker.postMessage(message)
  }

  onMessage(listener: (message: unknown) => void): void {
    this.worker.on('message', listener)
  }

  onDeath(listener: (reason: Error) => void): void {
    let told = false
    const once = (reason: Error) => {
      if (!this.ended && !told) listener(reason)
      told = true // an uncaught error is followed by an exit
    }
    this.worker.on('error', once)
    this.worker.on('exit', code => once(new Error(`the thread ended by itself, with code ${code}`)))
  }

  keepAlive(yes: boolean): void {
    if (yes) this.worker.ref()
    else this.worker.unref()
  }

  end(): void {
    this.ended = true
    void this.worker.terminate()
  }
}
