import type { Worker } from 'node:worker_threads'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { hearNotices } from '../../../../base/notices.js'
import { type Platform, type Thread, usePlatform } from '../../../../base/platform.js'
import { nodePlatform } from '../../../../node/platform.js'
import { Graph } from '../../../graph/graph.js'
import { WasmDevice } from '../device.js'

/** Pools are kept by size: each test has one of its own, so that it begins with new threads. */
let size = 2
let heard: string[]
let stopHearing: () => void

beforeEach(() => {
  size++
  heard = []
  stopHearing = hearNotices(sentence => void heard.push(sentence))
  usePlatform(nodePlatform)
})

afterEach(() => {
  stopHearing()
  vi.unstubAllGlobals()
})

/** Enough steps with enough pieces that all threads are in the middle of them. */
async function squares() {
  const device = await WasmDevice.open([], { threads: size })
  const graph = new Graph()
  let x = graph.input('x', [256, 256])
  for (let i = 0; i < 4; i++) x = graph.apply('matmul', { transposeA: false, transposeB: false }, [x, x])
  graph.output('x', x)
  const program = await device.compile(graph)
  const run = () => program.run({ x: new Float32Array(256 * 256).fill(1e-3) })
  return { device, run }
}

/** Threads that do what they are told, but for what is changed in their script. */
function tamper(change: (source: string) => string): Thread[] {
  const threads: Thread[] = []
  const spawn: Platform['spawn'] = source => {
    const thread = nodePlatform.spawn!(change(source))
    threads.push(thread)
    return thread
  }
  usePlatform({ ...nodePlatform, spawn })
  return threads
}

/** A module whose start function is one `unreachable`. */
const trap = 'new Uint8Array([0,97,115,109,1,0,0,0,1,4,1,96,0,0,3,2,1,0,8,1,0,10,5,1,3,0,0,11])'

/** Lets one thread do something else than what it is told to run. */
const inRun = (thread: number, code: string) => (source: string) =>
  source.replace("case 'run': {", `case 'run': { if (message.thread === ${thread}) { ${code} }`)

/** What happens to a thread, and what is told. The others are at the barrier by then, or on their way to it. */
const deaths: readonly [string, (source: string) => string, string][] = [
  [
    'leaves the process',
    inRun(1, 'process.exit(7)'),
    'Thread 2 of SIZE died: the thread ended by itself, with code 7.',
  ],
  [
    'throws',
    inRun(1, "throw new TypeError('out of luck')"),
    'Thread 2 of SIZE failed: TypeError: out of luck.',
  ],
  [
    'throws where nobody catches',
    inRun(2, "setTimeout(() => { throw new Error('far away') }); break"),
    'Thread 3 of SIZE died: far away.',
  ],
  [
    'traps behind the first step',
    inRun(
      0,
      `programs.get(message.program).exports.run(0, 1, 0, message.threads, message.scratch)
       new WebAssembly.Instance(new WebAssembly.Module(${trap}))`,
    ),
    'Thread 1 of SIZE failed: RuntimeError: unreachable.',
  ],
  [
    'cannot make an instance',
    source => source.replace('message.module, {', "(() => { throw new RangeError('none left') })(), {"),
    'of SIZE failed: RangeError: none left.',
  ],
  [
    'cannot read a message',
    inRun(1, 'receiveNothing(); break'),
    'Thread 2 of SIZE failed: it was sent a message it could not read.',
  ],
]

test.each(
  deaths,
)('a thread that %s ends the run and the device, not the program', async (_, change, problem) => {
  const told = problem.replace('SIZE', String(size))
  const threads = tamper(change)
  const { device, run } = await squares()
  expect(device.lost).toBe(false)
  await expect(run()).rejects.toThrow(`${told}\n  The next run gets new threads; files are as they were.`)
  expect(device.lost).toBe(true)
  await expect(run()).rejects.toThrow(told)
  expect(threads).toHaveLength(size)
  usePlatform(nodePlatform)
  const next = await squares()
  expect(Object.keys(await next.run())).toEqual(['x'])
  next.device.close()
})

test('a thread that is ended from outside in the middle of a run, or while it sleeps, is missed', async () => {
  const threads = tamper(inRun(1, 'Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)'))
  const workerOf = (thread: Thread) => (thread as unknown as { worker: Worker }).worker
  const waiting = await squares()
  const running = waiting.run()
  const ended = expect(running).rejects.toThrow(`Thread 2 of ${size} died: the thread ended by itself`)
  await nodePlatform.pause()
  await workerOf(threads[1]!).terminate()
  await ended
  size++
  const sleepers = tamper(source => source)
  const idle = await squares()
  await idle.run()
  await workerOf(sleepers[2]!).terminate()
  await vi.waitFor(() => expect(idle.device.lost).toBe(true))
  await expect(idle.run()).rejects.toThrow(`Thread 3 of ${size} died: the thread ended by itself`)
})

test('when one thread cannot be started, those that were are ended, and it works without', async () => {
  let [started, ended] = [0, 0]
  const spawn: Platform['spawn'] = source => {
    if (started === 2) throw new Error('EAGAIN')
    started++
    const thread = nodePlatform.spawn!(source)
    const end = () => {
      ended++
      thread.end()
    }
    return Object.assign(Object.create(thread) as Thread, { end })
  }
  usePlatform({ ...nodePlatform, spawn })
  expect((await squares()).device.threads).toBe(1)
  expect([started, ended]).toEqual([2, 2])
  expect(heard).toEqual([
    `No threads: Thread 3 of ${size} cannot start: EAGAIN. One core computes, more slowly, the same numbers.`,
  ])
})

test('without threads the reason is said once', async () => {
  usePlatform({ ...nodePlatform, spawn: null, withoutThreads: 'the page is not isolated' })
  for (let time = 0; time < 2; time++) expect((await squares()).device.threads).toBe(1)
  expect(heard).toEqual([
    'No threads: the page is not isolated. One core computes, more slowly, the same numbers.',
  ])
})

test('without SharedArrayBuffer there are no threads either, and the numbers are the same', async () => {
  const shared = await (await squares()).run()
  vi.stubGlobal('SharedArrayBuffer', undefined)
  const { device, run } = await squares()
  expect(device.threads).toBe(1)
  expect(await run()).toEqual(shared)
  expect(heard).toEqual([
    'No threads: there is no SharedArrayBuffer here. One core computes, more slowly, the same numbers.',
  ])
})
