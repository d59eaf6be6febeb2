import { parentPort, workerData } from 'node:worker_threads'
import type { Span, ThreadJob } from './threads.js'

// A thread of `timeOnThreads`.

const { module, memory, name, call, windows, threads, meetings } = workerData as ThreadJob
const instance = new WebAssembly.Instance(module, { env: { memory } })
const run = instance.exports[name] as (...values: readonly number[]) => void
const now = (): number => performance.timeOrigin + performance.now()

/** Spins until all threads are at the same meeting, so that none starts late because it had to wake up. */
function meet(meeting: number): void {
  Atomics.add(meetings, 0, 1)
  while (Atomics.load(meetings, 0) < threads * (meeting + 1));
}

const spans: Span[] = []
for (let window = 0; window < windows; window++) {
  meet(window)
  const start = now()
  run(...call)
  spans.push({ start, end: now() })
}
parentPort!.postMessage(spans)
