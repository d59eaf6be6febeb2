import { createHash } from 'node:crypto'
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { createTar } from 'nanotar'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { findSource } from './find-source.js'
import type { Publication } from './publications.js'
import { sendFrom, startServer, type TestServer } from './server.fixture.js'

const archive = gzipSync(createTar([{ name: 'tiny-bin/one.bin', data: 'one' }]))
const md5 = (bytes: Uint8Array) => createHash('md5').update(bytes).digest('hex')

let folder: string
let server: TestServer
let tiny: Publication
let pair: Publication

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fovea-source-'))
  server = await startServer((response, request) =>
    sendFrom(response, request.url?.endsWith('.tar.gz') ? archive : gzipSync(request.url ?? ''), 0),
  )
  tiny = {
    folder: 'tiny-bin',
    contents: ['one.bin'],
    files: [{ name: 'tiny.tar.gz', url: `${server.url}.tar.gz`, md5: md5(archive), size: archive.length }],
  }
  pair = {
    folder: 'pair',
    contents: ['a', 'b'],
    files: ['a', 'b'].map(name => ({
      name: `${name}.gz`,
      url: `${server.url}-${name}.gz`,
      md5: md5(gzipSync(`/file-${name}.gz`)),
    })),
  }
})

afterEach(async () => {
  await server.close()
  await rm(folder, { recursive: true })
})

const text = (bytes: Uint8Array | null) => bytes && new TextDecoder().decode(bytes)

test('an archive is fetched into the cache once', async () => {
  for (let time = 0; time < 2; time++)
    expect(text(await (await findSource(tiny, { cache: folder })).read('one.bin'))).toBe('one')
  expect(server.ranges).toHaveLength(1)
  expect(await readdir(join(folder, 'tiny-bin'))).toEqual(['tiny.tar.gz'])
})

test('of several files only those that are missing are fetched', async () => {
  await mkdir(join(folder, 'pair'))
  await writeFile(join(folder, 'pair', 'a.gz'), gzipSync('here already'))
  const source = await findSource(pair, { cache: folder })
  expect(text(await source.read('a'))).toBe('here already')
  expect(text(await source.read('b'))).toBe('/file-b.gz')
  expect(server.ranges).toHaveLength(1)
})

test('a cache that cannot be written is said', async () => {
  const cache = join(folder, 'a file')
  await writeFile(cache, '')
  await expect(findSource(tiny, { cache })).rejects.toThrow(
    /a file.tiny-bin cannot be written: .*\n {2}FOVEA_CACHE/,
  )
})

test('files given are found in the folder, in the one below it, and in an archive there', async () => {
  const below = join(folder, 'tiny-bin')
  await mkdir(below)
  await writeFile(join(below, 'one.bin'), 'below')
  for (const data of [folder, below])
    expect(text(await (await findSource(tiny, { data })).read('one.bin'))).toBe('below')
  await rm(below, { recursive: true })
  await writeFile(join(folder, 'tiny.tar.gz'), archive)
  for (const data of [folder, join(folder, 'tiny.tar.gz')])
    expect(text(await (await findSource(tiny, { data })).read('one.bin'))).toBe('one')
  expect(server.ranges).toEqual([])
})

test('an archive of the official length with other bytes is refused', async () => {
  const data = join(folder, 'tiny.tar.gz')
  await writeFile(
    data,
    archive.map(byte => byte ^ 1),
  )
  await expect(findSource(tiny, { data })).rejects.toThrow(
    `${data}: it has the length of tiny.tar.gz, but not its md5 ${md5(archive)}.`,
  )
})

test('what is not there is said; a folder without the files is left to the reader', async () => {
  const data = join(folder, 'missing')
  await expect(findSource(tiny, { data })).rejects.toThrow(
    `${data}: there is no such file or folder.\n  Give the folder with one.bin, or tiny.tar.gz.`,
  )
  expect(await (await findSource(tiny, { data: folder })).read('one.bin')).toBeNull()
})
