import { expect, test } from 'vitest'
import { type Browser, platformOf } from './platform.js'

type Listener = (event: { data?: unknown; message?: string }) => void

/** A Web Worker as far as the platform needs one: it doubles what it is sent. */
class DoublingWorker {
  static readonly scripts: string[] = []
  readonly listeners: Record<string, Listener[]> = { message: [], messageerror: [], error: [] }
  terminated = false

  constructor(url: string) {
    DoublingWorker.scripts.push(url)
  }

  postMessage(message: unknown): void {
    if (message === 'fail')
      for (const listener of this.listeners.error!) listener({ message: 'no such kernel' })
    else if (message === 'blocked') for (const listener of this.listeners.error!) listener({})
    else if (message === 'garble') for (const listener of this.listeners.messageerror!) listener({})
    else for (const listener of this.listeners.message!) listener({ data: Number(message) * 2 })
  }

  addEventListener(type: 'message' | 'messageerror' | 'error', listener: Listener): void {
    this.listeners[type]!.push(listener)
  }

  terminate(): void {
    this.terminated = true
  }
}

const isolated: Browser = {
  crossOriginIsolated: true,
  navigator: { hardwareConcurrency: 6 },
  Worker: DoublingWorker,
}

test('an isolated page has threads whose script is a text', async () => {
  const platform = platformOf(isolated)
  expect(platform.cores).toBe(6)
  expect(platform.withoutThreads).toBeUndefined()
  const thread = platform.spawn!('onmessage = () => {}')
  const script = await (await fetch(DoublingWorker.scripts.at(-1)!)).text()
  expect(script).toBe('onmessage = () => {}')
  const answers: unknown[] = []
  const deaths: string[] = []
  thread.onMessage(message => answers.push(message))
  thread.onDeath(reason => deaths.push(reason.message))
  thread.post(21)
  thread.post('fail')
  thread.post('blocked')
  thread.post('garble')
  expect(answers).toEqual([42])
  expect(deaths).toEqual([
    'no such kernel',
    'a Web Worker was not loaded; where the page has a Content-Security-Policy, it must allow "worker-src blob:"',
    'it sent a message that cannot be read',
  ])
  thread.end()
  await expect(fetch(DoublingWorker.scripts.at(-1)!)).rejects.toThrow()
})

test('without isolation or without workers there are no threads, and the reason says what is missing', () => {
  const page = platformOf({ ...isolated, crossOriginIsolated: false })
  expect(page.spawn).toBeNull()
  expect(page.withoutThreads).toContain('Cross-Origin-Opener-Policy: same-origin')
  const bare = platformOf({})
  expect(bare.spawn).toBeNull()
  expect(bare.withoutThreads).toBe('this environment has no Web Workers')
  expect(bare.cores).toBe(1)
})

test('pause gives the event loop a turn', async () => {
  let turned = false
  setImmediate(() => {
    turned = true
  })
  const { pause } = platformOf({})
  for (let turns = 0; turns < 3; turns++) await pause()
  expect(turned).toBe(true)
})
