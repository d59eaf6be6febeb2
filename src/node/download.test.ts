import { createHash } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { FileError } from '../base/errors.js'
import { type DownloadOptions, download } from './download.js'
import {
  type Answer,
  rangeStart,
  sendFrom,
  sendThenCut,
  startServer,
  type TestServer,
} from './server.fixture.js'

const bytes = Uint8Array.from({ length: 300_000 }, (_, i) => (i * i) >>> 7)
const md5 = createHash('md5').update(bytes).digest('hex')

let folder: string
let file: string
let server: TestServer

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fovea-download-'))
  file = join(folder, 'file')
})

afterEach(async () => {
  await server?.close()
  await rm(folder, { recursive: true })
})

const quick = { md5, pause: 1, patience: 2000 }

async function fetchFrom(answer: Answer, options: Partial<DownloadOptions> = {}): Promise<void> {
  server = await startServer(answer)
  await download(server.url, file, { ...quick, ...options })
}

async function failureFrom(answer: Answer, options: Partial<DownloadOptions> = {}): Promise<FileError> {
  const error = await fetchFrom(answer, options).catch((reason: unknown) => reason)
  expect(error).toBeInstanceOf(FileError)
  return error as FileError
}

async function expectWholeFile(): Promise<void> {
  expect(Buffer.compare(await readFile(file), bytes)).toBe(0)
  expect(await readdir(folder)).toEqual(['file'])
}

test('fetches a file and tells how far it is', async () => {
  const seen: number[] = []
  await fetchFrom(response => sendFrom(response, bytes, 0), {
    size: bytes.length,
    onProgress: ({ received, total }) => {
      expect(total).toBe(bytes.length)
      seen.push(received)
    },
  })
  await expectWholeFile()
  expect(seen.at(-1)).toBe(bytes.length)
  expect(seen).toEqual([...seen].sort((a, b) => a - b))
})

test('takes up a cut connection where it was cut, as often as need be', async () => {
  await fetchFrom((response, request) => {
    const from = rangeStart(request)
    if (from < 200_000) sendThenCut(response, bytes, from, from + 50_000)
    else sendFrom(response, bytes, from)
  })
  await expectWholeFile()
  expect(server.ranges[0]).toBeNull()
  expect(server.ranges.slice(1)).toEqual([50_000, 100_000, 150_000, 200_000].map(from => `bytes=${from}-`))
})

test('goes on from what an earlier run left', async () => {
  await writeFile(`${file}.part`, bytes.subarray(0, 123_456))
  await fetchFrom((response, request) => sendFrom(response, bytes, rangeStart(request)))
  await expectWholeFile()
  expect(server.ranges).toEqual(['bytes=123456-'])
})

test('needs no server when the earlier run had everything, and asks when it cannot know', async () => {
  await writeFile(`${file}.part`, bytes)
  await fetchFrom(response => response.destroy(), { size: bytes.length })
  await expectWholeFile()
  expect(server.ranges).toEqual([])
  await server.close()
  await writeFile(`${file}.part`, bytes)
  await fetchFrom(response => response.writeHead(416, { 'content-range': `bytes */${bytes.length}` }).end())
  await expectWholeFile()
})

test('starts anew where a server ignores Range', async () => {
  await writeFile(`${file}.part`, bytes.subarray(0, 1000))
  await fetchFrom(response => sendFrom(response, bytes, 0))
  await expectWholeFile()
})

test('starts anew where a server resumes at another place', async () => {
  await writeFile(`${file}.part`, bytes.subarray(0, 1000))
  await fetchFrom((response, request) => sendFrom(response, bytes, rangeStart(request) === 0 ? 0 : 500))
  await expectWholeFile()
  expect(server.ranges).toEqual(['bytes=1000-', null])
})

test('starts anew where the earlier bytes are too many', async () => {
  await writeFile(`${file}.part`, new Uint8Array(bytes.length + 1))
  await fetchFrom((response, request) => {
    if (rangeStart(request) > 0) response.writeHead(416, { 'content-range': `bytes */${bytes.length}` }).end()
    else sendFrom(response, bytes, 0)
  })
  await expectWholeFile()
})

test('accepts a server that does not say how much will come', async () => {
  await fetchFrom(response => response.end(bytes))
  await expectWholeFile()
})

test('follows redirects', async () => {
  await fetchFrom((response, request) => {
    if (request.url === '/file') response.writeHead(302, { location: '/elsewhere' }).end()
    else sendFrom(response, bytes, 0)
  })
  await expectWholeFile()
})

test('waits out a server that is too busy', async () => {
  await fetchFrom((response, _, count) => {
    if (count < 3) response.writeHead(503).end()
    else sendFrom(response, bytes, 0)
  })
  await expectWholeFile()
})

test('a connection that falls silent counts as cut', async () => {
  await fetchFrom(
    (response, request, count) => {
      if (count === 0)
        response.writeHead(200, { 'content-length': bytes.length }).write(bytes.subarray(0, 1000))
      else sendFrom(response, bytes, rangeStart(request))
    },
    { patience: 200 },
  )
  await expectWholeFile()
  expect(server.ranges).toEqual([null, 'bytes=1000-'])
})

test('another file of the same length is removed, and the error says what to do', async () => {
  const error = await failureFrom(response =>
    sendFrom(
      response,
      bytes.map(byte => byte ^ 1),
      0,
    ),
  )
  expect(error.message).toMatch(
    /the 300,000 bytes that came have md5 [0-9a-f]{32}, expected was [0-9a-f]{32}/,
  )
  expect(error.advice).toBe(
    'Run the command again. If it fails again, the server has another file: fetch it elsewhere and use --data.',
  )
  expect(await readdir(folder)).toEqual([])
})

test('a file of another length is refused before it is fetched', async () => {
  const error = await failureFrom(response => sendFrom(response, bytes.subarray(0, 5000), 0), {
    size: bytes.length,
  })
  expect(error.message).toContain('the server offers 5,000 bytes, but the file has 300,000.')
  expect(server.ranges).toHaveLength(1)
  expect(await readdir(folder)).toEqual([])
})

test('a server that announces more than it ever sends is given up, and what came is kept', async () => {
  const error = await failureFrom((response, request) => {
    const from = rangeStart(request)
    const headers = { 'content-length': 400_000 - from }
    if (from === 0) response.writeHead(200, headers)
    else response.writeHead(206, { ...headers, 'content-range': `bytes ${from}-399999/400000` })
    response.write(bytes.subarray(from), () => setTimeout(() => response.destroy(), 20))
    if (from === bytes.length) response.destroy()
  })
  expect(error.message).toContain('the download failed')
  expect(error.advice).toContain('300,000 bytes are kept: the next attempt goes on from there.')
  expect(server.ranges.length).toBeLessThanOrEqual(6)
  expect(await readdir(folder)).toEqual(['file.part'])
})

test('a server that announces less than it has gives a file that is found to be wrong', async () => {
  const error = await failureFrom(response => {
    response.writeHead(200, { 'content-length': 1000 }).end(bytes.subarray(0, 1000))
  })
  expect(error.message).toContain('the 1,000 bytes that came have md5')
  expect(await readdir(folder)).toEqual([])
})

test('a server that never stops sending is stopped at the known length', async () => {
  const error = await failureFrom(
    response => {
      response.on('error', () => undefined)
      const more = () => void (response.destroyed || response.write(bytes, () => setImmediate(more)))
      more()
    },
    { size: bytes.length, attempts: 2 },
  )
  expect(error.message).toContain('sent more than the 300,000 bytes announced')
  expect(await readdir(folder)).toEqual([])
})

test('an address without a file is said at once', async () => {
  const error = await failureFrom(response => response.writeHead(404).end('not here'))
  expect(error.message).toContain('the server answers 404 Not Found.')
  expect(error.advice).toContain('--data')
  expect(server.ranges).toHaveLength(1)
  expect(await readdir(folder)).toEqual([])
})

test('a server that always hangs up is given up after five attempts', async () => {
  const error = await failureFrom(response => response.destroy())
  expect(error.message).toContain('the download failed')
  expect(server.ranges).toHaveLength(5)
})

test('nobody at the address: said at once, with what to do', async () => {
  server = await startServer(response => response.end())
  await server.close()
  const error = await download(server.url, file, quick).catch((reason: unknown) => reason)
  expect(error).toBeInstanceOf(FileError)
  expect((error as FileError).message).toContain('the download failed (connect ECONNREFUSED')
  expect((error as FileError).advice).toBe(
    'Check the connection, or fetch the file elsewhere and use --data.',
  )
})

test('an abort ends it at once and keeps what came', async () => {
  const controller = new AbortController()
  const stopped = fetchFrom(
    response => response.writeHead(200, { 'content-length': bytes.length }).write(bytes.subarray(0, 1000)),
    { signal: controller.signal, onProgress: () => controller.abort(new Error('enough')) },
  )
  await expect(stopped).rejects.toThrow('enough')
  expect(await readdir(folder)).toEqual(['file.part'])
})

test('an abort while it waits for the next attempt ends it with the reason', async () => {
  const controller = new AbortController()
  const stopped = fetchFrom(
    response => {
      response.destroy()
      setTimeout(() => controller.abort(new Error('enough')), 50)
    },
    { signal: controller.signal, pause: 60_000 },
  )
  await expect(stopped).rejects.toThrow('enough')
})

test('two downloads of one file at the same time both end well', async () => {
  server = await startServer((response, request) => sendFrom(response, bytes, rangeStart(request)))
  await Promise.all([download(server.url, file, quick), download(server.url, file, quick)])
  await expectWholeFile()
})

test('a folder that cannot be written is no connection that fails', async () => {
  server = await startServer(response => sendFrom(response, bytes, 0))
  const nowhere = join(folder, 'missing', 'file')
  await expect(download(server.url, nowhere, quick)).rejects.toThrow(`${nowhere}.part cannot be written`)
  expect(server.ranges).toHaveLength(1)
})
