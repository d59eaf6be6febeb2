import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { createTar } from 'nanotar'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { tarGzSource } from './tar-gz.js'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fovea-tar-'))
})
afterAll(() => rm(folder, { recursive: true }))

const big = Uint8Array.from({ length: 200_000 }, (_, i) => (i * i) >>> 5)
const tar = createTar([{ name: 'box/' }, { name: 'box/big.bin', data: big }, { name: 'box/empty', data: '' }])

async function written(name: string, bytes: Uint8Array): Promise<string> {
  const path = join(folder, name)
  await writeFile(path, bytes)
  return path
}

test('files are found by their last name, whatever folder they are in', async () => {
  const source = tarGzSource(await written('good.tar.gz', gzipSync(tar)))
  expect(await source.read('big.bin')).toEqual(big)
  expect(await source.read('empty')).toEqual(new Uint8Array(0))
  expect(await source.read('box')).toBeNull()
  expect(await source.read('other')).toBeNull()
})

test.each([
  ['a cut-off gzip file', gzipSync(tar).subarray(0, 5000), 'the gzip file ends too early.'],
  ['a damaged gzip file', gzipSync(tar).fill(0, 3000, 3100), 'no sound gzip file ('],
  ['no gzip file at all', Buffer.from('<!DOCTYPE html>'), 'no sound gzip file (incorrect header check).'],
  [
    'a sound gzip of a cut-off archive',
    gzipSync(tar.subarray(0, 10_000)),
    'the archive in it ends too early.',
  ],
])('%s is refused', async (name, bytes, message) => {
  const path = await written(name, bytes)
  await expect(tarGzSource(path).read('big.bin')).rejects.toThrow(`${path}: ${message}`)
})

test('a missing archive is said', async () => {
  const path = join(folder, 'missing.tar.gz')
  await expect(tarGzSource(path).read('x')).rejects.toThrow(
    `${path} cannot be read: there is no such file or folder.`,
  )
})
