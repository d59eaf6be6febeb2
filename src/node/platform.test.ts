import { spawn, spawnSync } from 'node:child_process'
import type { Worker } from 'node:worker_threads'
import { expect, test } from 'vitest'
import { nodePlatform } from './platform.js'

const echo = `
  const { parentPort } = require('node:worker_threads')
  parentPort.on('message', message => parentPort.postMessage(message + 1))
`

const start = (source: string) => nodePlatform.spawn!(source)

test('a thread runs its source and answers', async () => {
  const thread = start(echo)
  const answer = new Promise(resolve => thread.onMessage(resolve))
  thread.post(41)
  expect(await answer).toBe(42)
  thread.end()
})

test('memory is shared with a thread', async () => {
  const thread = start(`
    const { parentPort } = require('node:worker_threads')
    parentPort.on('message', cells => { Atomics.store(cells, 0, 7); parentPort.postMessage('done') })
  `)
  const cells = new Int32Array(new SharedArrayBuffer(4))
  const done = new Promise(resolve => thread.onMessage(resolve))
  thread.post(cells)
  await done
  expect(cells[0]).toBe(7)
  thread.end()
})

test('an error nobody caught in a thread is told once, and so is an end nobody asked for', async () => {
  const reasons: string[] = []
  const failing = start(`throw new Error('out of luck')`)
  const leaving = start('process.exit(3)')
  await Promise.all(
    [failing, leaving].map(
      thread =>
        new Promise<void>(resolve =>
          thread.onDeath(reason => {
            reasons.push(reason.message)
            setTimeout(resolve, 50)
          }),
        ),
    ),
  )
  expect(reasons.sort()).toEqual(['out of luck', 'the thread ended by itself, with code 3'])
})

test('an answer that cannot be read is a death', async () => {
  // Node makes such a message only in odd cases; here the event is given by hand.
  const thread = start(echo)
  const death = new Promise<Error>(resolve => thread.onDeath(resolve))
  ;(thread as unknown as { worker: Worker }).worker.emit('messageerror', new Error('could not be cloned'))
  expect((await death).message).toBe('could not be cloned')
  thread.end()
})

test('an end that was asked for is not a death', async () => {
  const thread = start(echo)
  let died = false
  thread.onDeath(() => {
    died = true
  })
  thread.end()
  await new Promise(resolve => setTimeout(resolve, 100))
  expect(died).toBe(false)
})

test('a thread that need not keep the process alive does not', async () => {
  const script = `
    const { Worker } = require('node:worker_threads')
    new Worker(${JSON.stringify(echo)}, { eval: true }).unref()
  `
  const child = spawn(process.execPath, ['-e', script])
  expect(await new Promise(resolve => child.on('exit', resolve))).toBe(0)
})

const built = JSON.stringify(new URL('../../dist/node/platform.js', import.meta.url).href)

test('neither does one that is listened to afterwards', async () => {
  const script = `
    import { nodePlatform } from ${built}
    const thread = nodePlatform.spawn(${JSON.stringify(echo)})
    thread.keepAlive(false)
    thread.onMessage(() => {})
    thread.onDeath(() => {})
  `
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], { timeout: 20_000 })
  expect(await new Promise(resolve => child.on('exit', resolve))).toBe(0)
})

test('the flags of the process do not change what a thread makes of its text', () => {
  const script = `
    import { nodePlatform } from ${built}
    const thread = nodePlatform.spawn(${JSON.stringify(echo)})
    thread.onMessage(answer => { console.log(answer); thread.end() })
    thread.onDeath(reason => console.log(reason.message))
    thread.post(41)
  `
  const preload = '--import=data:text/javascript,console.log("loaded")'
  const flags = ['--input-type=module', preload, '-e', script]
  expect(spawnSync(process.execPath, flags, { encoding: 'utf8' }).stdout).toBe('loaded\n42\n')
})

test('pause lets what waits in the event loop run', async () => {
  let ran = false
  setImmediate(() => {
    ran = true
  })
  await nodePlatform.pause()
  expect(ran).toBe(true)
  expect(nodePlatform.cores).toBeGreaterThanOrEqual(1)
})
