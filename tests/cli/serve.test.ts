import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { bytes } from '../../src/cli/options.js'
import { serve } from '../../src/cli/serve.js'
import * as layers from '../../src/nn/layers/index.js'
import { saveModel } from '../../src/node/model-files.js'
import { png } from '../../src/serve/tiny.fixture.js'
import { Sequential } from '../../src/train/sequential.js'
import { captureIo, fovea } from './capture.js'
import { bin } from './started-program.js'

let folder: string
let model: string

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'fovea-serve-'))
  model = join(folder, 'little.safetensors')
  const network = [
    layers.conv2d({ filters: 4, kernelSize: 3, inputShape: [16, 16, 3] }),
    layers.flatten(),
    layers.dense({ units: 3, activation: 'softmax' }),
  ]
  await saveModel(new Sequential(network, { seed: 1 }), model)
})

afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Waits until `look` finds something. */
async function found<T>(look: () => T | undefined | null): Promise<T> {
  for (;;) {
    const value = look()
    if (value !== undefined && value !== null) return value
    await new Promise(resolve => setTimeout(resolve, 10))
  }
}

const addressIn = (text: string): string | undefined => /http:\/\/[\d.]+:\d+/.exec(text)?.[0]

/** `fovea serve` in this process, until the test interrupts it. */
async function served(flags: Parameters<typeof serve>[1], environment: Record<string, string> = {}) {
  const captured = captureIo()
  const exitCode = serve(model, { port: 0, ...flags }, captured.io, environment)
  const url = await Promise.race([found(() => addressIn(captured.out.join())), exitCode.then(() => '')])
  return { ...captured, url, exitCode }
}

/** The same as a process of its own. */
async function spawned() {
  const child = spawn(process.execPath, [bin, 'serve', model, '--port', '0', '--grace', '60s'])
  onTestFinished(() => void child.kill('SIGKILL'))
  const said = { out: '', err: '' }
  child.stdout.on('data', text => (said.out += text))
  child.stderr.on('data', text => (said.err += text))
  const exitCode = new Promise<number | null>(resolve => child.once('exit', resolve))
  return { child, said, exitCode, url: await found(() => addressIn(said.out)) }
}

const ask = async (url: string) => {
  const body = new Uint8Array(await png())
  return fetch(`${url}/v1/predict`, { method: 'POST', body, headers: { 'content-type': 'image/png' } })
}

test('says in one line where it listens, serves, and ends with 0', async () => {
  const { out, err, url, exitCode, interrupt } = await served({})
  expect(out).toEqual([
    `little is served at ${url} (a page to try it); or: curl -F file=@picture.png ${url}/v1/predict`,
  ])
  expect((await ask(url)).status).toBe(200)
  interrupt()
  expect(await exitCode).toBe(0)
  expect(out).toHaveLength(1)
  const [listening, request, stopping] = err
  expect(JSON.parse(listening!)).toMatchObject({ level: 30, msg: `listening at ${url}` })
  expect(JSON.parse(request!)).toMatchObject({ method: 'POST', status: 200, pictures: 1 })
  expect(stopping).toContain('Stopping')
})

test('the key comes from the environment, by its usual name or another', async () => {
  for (const [flags, environment] of [
    [{}, { FOVEA_API_KEY: 'sesame' }],
    [{ apiKeyEnv: 'MY_KEY' }, { MY_KEY: ' sesame ', FOVEA_API_KEY: 'other' }],
  ] as const) {
    const { out, url, exitCode, interrupt } = await served({ ...flags, log: 'silent' }, environment)
    expect(out[0]).toContain('curl -H "X-API-Key: $')
    expect((await fetch(`${url}/v1/model`)).status).toBe(401)
    expect((await fetch(`${url}/v1/model`, { headers: { 'x-api-key': 'sesame' } })).status).toBe(200)
    interrupt()
    expect(await exitCode).toBe(0)
  }
})

test('warns where others can reach it without a key', async () => {
  const open = await served({ host: '0.0.0.0', log: 'silent' })
  expect(open.err.join()).toContain('Warning: 0.0.0.0 can be reached by others, and no API key is asked for')
  const guarded = await served({ host: '0.0.0.0', log: 'silent' }, { FOVEA_API_KEY: 'sesame' })
  expect(guarded.err).toEqual([])
  for (const { interrupt, exitCode } of [open, guarded]) {
    interrupt()
    expect(await exitCode).toBe(0)
  }
})

test('refuses what cannot be, with what to do', async () => {
  await expect(served({ apiKeyEnv: 'MY_KEY' })).rejects.toThrow(
    'MY_KEY should hold the API key, but is not set',
  )
  await expect(served({}, { FOVEA_API_KEY: '' })).rejects.toThrow(
    'FOVEA_API_KEY should hold the API key, but is empty',
  )
  await expect(served({ log: 'loud' })).rejects.toThrow('log level')
  await expect(served({ port: 70_000 })).rejects.toThrow('--port should be at most 65,535')
  const first = await served({ log: 'silent' })
  const port = Number(new URL(first.url).port)
  await expect(served({ port })).rejects.toThrow(`Port ${port} of 127.0.0.1 is taken`)
  first.interrupt()
  await first.exitCode
  const { exitCode, err } = await fovea('serve nowhere.safetensors --port 0')
  expect([exitCode, err]).toEqual([1, expect.stringContaining('nowhere.safetensors')])
  expect((await fovea('serve x --max-size big')).err).toContain(
    '--max-size should be a size like 500KB or 20MB',
  )
})

test('sizes have units', () => {
  const read = bytes('--max-size', '20MB')
  expect(['500', '1KB', '1.5 mb', '2GB'].map(read)).toEqual([500, 1024, 1.5 * 1024 ** 2, 2 * 1024 ** 3])
  for (const text of ['', '-1', '0', 'MB', '5TB']) expect(() => read(text)).toThrow('--max-size')
})

/** Asks over and over on one connection until the door is closed; what happened to each request. */
async function client(url: string, tally: { answered: number; lost: string[] }): Promise<void> {
  for (;;)
    try {
      const answer = await ask(url)
      if (answer.status !== 200) tally.lost.push(String(answer.status))
      await answer.arrayBuffer()
      tally.answered++
    } catch (error) {
      const { code } = (error as Error).cause as NodeJS.ErrnoException
      if (code !== 'ECONNREFUSED') tally.lost.push(String(code))
      return
    }
}

test.skipIf(process.platform === 'win32')(
  'SIGTERM under load: every request that was accepted is answered, and the process ends with 0',
  async () => {
    const { child, url, exitCode } = await spawned()
    const tally = { answered: 0, lost: [] as string[] }
    const clients = Array.from({ length: 30 }, () => client(url, tally))
    await found(() => (tally.answered > 60 ? true : null))
    child.kill('SIGTERM')
    await Promise.all(clients)
    expect(tally.lost).toEqual([])
    expect(await exitCode).toBe(0)
  },
)

/** A request whose body never comes, so that a service that stops has to wait for it. */
const endless = (url: string): Promise<unknown> =>
  fetch(`${url}/v1/predict`, {
    method: 'POST',
    body: new ReadableStream({ start: controller => controller.enqueue(new Uint8Array(10)) }),
    headers: { 'content-type': 'image/png' },
    duplex: 'half',
  } as RequestInit).catch(() => null)

const stopsAtOnce = async (child: ChildProcess, said: { err: string }, exitCode: Promise<number | null>) => {
  child.kill('SIGINT')
  await found(() => (said.err.includes('Stopping') ? true : null))
  child.kill('SIGINT')
  return exitCode
}

test.skipIf(process.platform === 'win32')('a second Ctrl-C ends it at once', async () => {
  const { child, said, url, exitCode } = await spawned()
  const waiting = endless(url)
  await found(() => (said.err.includes('listening') ? true : null))
  while (!/fovea_requests_under_way 2/.test(await (await fetch(`${url}/metrics`)).text()));
  expect(await stopsAtOnce(child, said, exitCode)).toBe(130)
  await waiting
})
