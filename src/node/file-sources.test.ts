import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { folderSource } from './file-sources.js'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fovea-folder-'))
  await writeFile(join(folder, 'plain'), 'as it is')
  await writeFile(join(folder, 'packed.gz'), gzipSync('unpacked'))
  await writeFile(join(folder, 'damaged.gz'), 'no gzip')
  await mkdir(join(folder, 'inner'))
})
afterAll(() => rm(folder, { recursive: true }))

const read = async (name: string) => {
  const bytes = await folderSource(folder).read(name)
  return bytes && new TextDecoder().decode(bytes)
}

test('a file is read, plain or from its .gz; what is missing is null', async () => {
  expect(await read('plain')).toBe('as it is')
  expect(await read('packed')).toBe('unpacked')
  expect(await read('missing')).toBeNull()
  expect(await folderSource(join(folder, 'plain')).read('x')).toBeNull()
})

test('what cannot be read is said', async () => {
  await expect(read('inner')).rejects.toThrow(`${join(folder, 'inner')} cannot be read: it is a folder.`)
  await expect(read('damaged')).rejects.toThrow(`${join(folder, 'damaged.gz')}: no sound gzip file`)
})
