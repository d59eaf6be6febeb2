import { spawn } from 'node:child_process'
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

test('pause lets what waits in the event loop run', async () => {
  let ran = false
  setImmediate(() => {
    ran = true
  })
  await nodePlatform.pause()
  expect(ran).toBe(true)
  expect(nodePlatform.cores).toBeGreaterThanOrEqual(1)
})
