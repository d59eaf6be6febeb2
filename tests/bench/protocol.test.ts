import { PassThrough } from 'node:stream'
import { afterEach, expect, test } from 'vitest'
import type { ServerMessage, WindowRequest } from '../../bench/protocol.js'
import { SystemProcess } from '../../bench/run/system-process.js'
import { answerAll, type Served } from '../../bench/server/serve.js'
import { repeat, StepClock } from '../../bench/server/window.js'

const request: WindowRequest = { task: 'train', batch: 32, lead: 1, seconds: 0 }

async function ask(system: Served, requests: readonly WindowRequest[]): Promise<ServerMessage[]> {
  const [input, output] = [new PassThrough(), new PassThrough()]
  for (const each of requests) input.write(`${JSON.stringify(each)}\n`)
  input.end()
  await answerAll(system, input, output)
  return (output.read() as Buffer)
    .toString()
    .trim()
    .split('\n')
    .map(line => JSON.parse(line) as ServerMessage)
}

test('a server says hello, prepares each workload once and measures windows', async () => {
  const prepared: string[] = []
  const system: Served = {
    version: '1.2.3',
    params: 7,
    prepare({ task, batch }) {
      prepared.push(`${task}/${batch}`)
      return repeat(batch, async () => 2.5)
    },
  }
  const [hello, ...windows] = await ask(system, [request, request, { ...request, batch: 1 }])
  expect(hello).toMatchObject({ type: 'hello', version: '1.2.3', params: 7 })
  expect(windows).toMatchObject([32, 32, 1].map(images => ({ type: 'window', images, loss: 2.5 })))
  expect(prepared).toEqual(['train/32', 'train/1'])
})

test('a server that cannot says why, and lives on', async () => {
  const system: Served = {
    version: '1',
    params: 7,
    prepare({ task, batch }) {
      if (task === 'train') throw new Error('I do not train')
      return repeat(batch, async () => null)
    },
  }
  const [, refusal, window] = await ask(system, [request, { ...request, task: 'infer' }])
  expect(refusal).toEqual({ type: 'refusal', reason: 'I do not train' })
  expect(window).toMatchObject({ type: 'window', images: 32, loss: null })
})

test('the clock starts behind the lead and stops with the step that fills the window', () => {
  let now = 100
  const clock = new StepClock({ lead: 2, seconds: 1 }, () => now)
  const ends = [0.4, 0.4, 0.4, 0.4, 0.4].map(seconds => {
    now += seconds
    return clock.step()
  })
  expect(ends).toEqual([false, false, false, false, true])
  const { images, seconds } = clock.measured(32, null)
  expect(images).toBe(3 * 32)
  expect(seconds).toBeCloseTo(1.2)
})

test('without a lead the clock starts at once, and one step is enough for no time', () => {
  let now = 5
  const clock = new StepClock({ lead: 0, seconds: 0 }, () => now)
  now = 7
  expect(clock.step()).toBe(true)
  expect(clock.measured(1, 0)).toEqual({ images: 1, seconds: 2, loss: 0 })
})

const started: SystemProcess[] = []
afterEach(() => {
  for (const process of started.splice(0)) process.end()
})

/** A system in a few words of JavaScript. */
async function start(script: string) {
  const system = await SystemProcess.start('Fake', { file: process.execPath, arguments: ['-e', script] })
  started.push(system.process)
  return system
}

const hello = `console.log('{"type":"hello","version":"9","runtime":"r","params":1}')`

test('a system is a process that is asked line by line', async () => {
  const answer = `{ type: 'window', images: JSON.parse(line).batch, seconds: 1, cpuSeconds: 1, peakBytes: 5, loss: null }`
  const { process: system, hello: greeting } = await start(`${hello}
    require('node:readline').createInterface({ input: process.stdin })
      .on('line', line => console.log(JSON.stringify(line.includes('infer') ? { type: 'refusal', reason: 'no' } : ${answer})))`)
  expect(greeting.version).toBe('9')
  expect(system.firstWindow).toBeNull()
  await expect(system.measure({ ...request, task: 'infer' })).rejects.toThrow('no')
  expect((await system.measure(request)).images).toBe(32)
  expect((await system.measure({ ...request, batch: 5 })).images).toBe(5)
  expect(system.peakBytes).toBe(5)
  expect(system.firstWindow).toBeGreaterThan(0)
})

test('a process that ends leaves its last words', async () => {
  await expect(start(`console.error('no such library'); process.exit(1)`)).rejects.toThrow(
    /Fake: its process ended before it answered\.\n.*no such library/,
  )
  const { process: system } = await start(`${hello}; process.stdin.once('data', () => process.exit(0))`)
  await expect(system.measure(request)).rejects.toThrow(/ended before it answered/)
})

test('a program that is not there is an error with its name', async () => {
  const command = { file: '/no/such/python', arguments: [] }
  await expect(SystemProcess.start('Fake', command)).rejects.toThrow(/\/no\/such\/python/)
})
