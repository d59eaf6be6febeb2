import { appendFile, mkdtemp, readFile, rm, stat, truncate, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { thisOwner } from '../lock/owner.js'
import { readPicture } from '../pictures/read-picture.js'
import { bringIn } from './bring-in.js'
import { isStored, type StoredPicture } from './entry.js'
import type { PictureFormat } from './picture-format.js'
import { storeFiles } from './store-files.js'

const format: PictureFormat = { height: 8, width: 8, channels: 3, fit: 'crop' }

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fovea-store-'))
})
afterEach(() => rm(folder, { recursive: true }))

const files = () => storeFiles(join(folder, 'runs'), join(folder, 'photos'), format)

/** A PNG of one colour with a darker half. */
async function draw(name: string, red: number, width = 20): Promise<string> {
  const path = join(folder, name)
  const pixels = Buffer.alloc(width * 10 * 3, red)
  pixels.fill(0, 0, pixels.length / 2)
  await sharp(pixels, { raw: { width, height: 10, channels: 3 } })
    .png()
    .toFile(path)
  return path
}

async function bring(paths: readonly string[]) {
  const read: number[] = []
  const { store, entries } = await bringIn(paths, files(), format, {
    onProgress: ({ done }) => read.push(done),
  })
  const rows = entries.map(entry => {
    const bytes = new Uint8Array(8 * 8 * 3)
    if (isStored(entry)) store.read(entry.row, bytes)
    return [...bytes]
  })
  store.close()
  return { entries, rows, read: read.length }
}

test('pictures lie in the store as readPicture gives them, and are read once', async () => {
  const paths = [await draw('a.png', 200), await draw('b.png', 90, 31)]
  const first = await bring(paths)
  expect(first.read).toBe(2)
  for (const [i, path] of paths.entries())
    expect(first.rows[i]).toEqual([...(await readPicture(path, [8, 8, 3], 'crop')).data])
  expect(first.entries[1]).toMatchObject({ path: paths[1], height: 10, width: 31 })
  const second = await bring(paths)
  expect(second).toEqual({ ...first, read: 0 })
})

test('new pictures are added, changed ones are read again, the same content lies there once', async () => {
  const a = await draw('a.png', 200)
  await bring([a])
  const b = await draw('b.png', 200)
  const c = await draw('c.png', 20)
  const grown = await bring([a, b, c])
  expect(grown.read).toBe(2)
  const [first, twin, other] = grown.entries as StoredPicture[]
  expect(twin!.row).toBe(first!.row)
  expect(other!.row).toBe(first!.row + 1)
  expect((await stat(files().bytes)).size).toBe(2 * 192)
  await draw('a.png', 111)
  await utimes(a, new Date(), new Date(Date.now() + 5000))
  const changed = await bring([a, b, c])
  expect(changed.read).toBe(1)
  expect(changed.rows[0]).not.toEqual(grown.rows[0])
  expect(changed.rows.slice(1)).toEqual(grown.rows.slice(1))
})

test('files that are no use are noted with their reason, and not read again', async () => {
  const good = await draw('a.png', 200)
  const page = join(folder, 'page.jpg')
  await writeFile(page, '<html>')
  const cut = join(folder, 'cut.png')
  await writeFile(cut, (await readFile(good)).subarray(0, 60))
  const gone = join(folder, 'gone.png')
  const { entries, read } = await bring([page, good, cut, gone])
  expect(entries.map(entry => ('fault' in entry ? entry.fault : 'good'))).toEqual([
    'unknown',
    'good',
    'broken',
    'unreadable',
  ])
  expect(entries[0]).toMatchObject({ problem: expect.stringContaining('page.jpg: not an image') })
  expect(read).toBe(3)
  expect((await bring([page, good, cut, gone])).read).toBe(0)
})

test('what an ended process left torn costs only what was torn', async () => {
  const paths = [await draw('a.png', 200), await draw('b.png', 90), await draw('c.png', 10)]
  const whole = await bring(paths)
  // The last line is cut in the middle, as a power cut leaves it.
  const index = await readFile(files().index, 'utf8')
  await truncate(files().index, index.length - 30)
  const again = await bring(paths)
  expect(again.read).toBe(1)
  expect(again.rows).toEqual(whole.rows)
  expect((await bring(paths)).read).toBe(0)
  // Bytes that never reached the disk.
  await truncate(files().bytes, 192 + 50)
  const third = await bring(paths)
  expect(third.read).toBeGreaterThan(0)
  expect(third.rows).toEqual(whole.rows)
})

test('an interruption keeps what is done', async () => {
  const paths: string[] = []
  for (let i = 0; i < 30; i++) paths.push(await draw(`${i}.png`, 5 * i))
  const interruption = new AbortController()
  const onProgress = ({ done }: { done: number }) => {
    if (done === 10) interruption.abort(new Error('enough'))
  }
  await expect(bringIn(paths, files(), format, { onProgress, signal: interruption.signal })).rejects.toThrow(
    'enough',
  )
  const { read, rows } = await bring(paths)
  expect(read).toBeLessThanOrEqual(20)
  expect(new Set(rows.map(String)).size).toBe(30)
})

test('two at a time do not disturb each other', async () => {
  const paths: string[] = []
  for (let i = 0; i < 20; i++) paths.push(await draw(`${i}.png`, 5 * i))
  const [one, other] = await Promise.all([bring(paths), bring([...paths].reverse())])
  expect(one!.read + other!.read).toBe(20)
  expect([...other!.rows].reverse()).toEqual(one!.rows)
  expect(new Set(one!.rows.map(String)).size).toBe(20)
})

test('the lock of a process that is gone is taken over', async () => {
  const path = await draw('a.png', 200)
  await bring([])
  await writeFile(files().lock, JSON.stringify({ ...(await thisOwner()), pid: 999999999 }))
  expect((await bring([path])).read).toBe(1)
})

test('a line that is no entry is passed over', async () => {
  const path = await draw('a.png', 200)
  await bring([path])
  await appendFile(files().index, '7\n{"path":3}\n{"path":"x"}\nnonsense\n')
  expect((await bring([path])).read).toBe(0)
})

test('a store that somebody has cut off begins anew: no picture gets the bytes of another', async () => {
  const paths = await Promise.all([200, 90, 10, 50].map((red, i) => draw(`${i}.png`, red)))
  const whole = await bring(paths)
  await truncate(files().bytes, 192)
  // The one behind the cut is away while the others are read again, into its place too, and comes back as it was.
  const away = (whole.entries as StoredPicture[]).findIndex(({ row }) => row === 1)
  const others = paths.filter((_, i) => i !== away)
  expect((await bring(others)).rows).toEqual(whole.rows.filter((_, i) => i !== away))
  expect((await bring(paths)).rows).toEqual(whole.rows)
})

test.each([
  'bytes',
  'index',
] as const)('who has the pictures open while the %s are lost and made anew never reads others', async lost => {
  const paths = await Promise.all([200, 90].map((red, i) => draw(`${i}.png`, red)))
  const { store, entries } = await bringIn(paths, files(), format)
  const { row } = entries[1] as StoredPicture
  const [before, after] = [new Uint8Array(192), new Uint8Array(192)]
  store.read(row, before)
  await rm(files()[lost])
  await bring([await draw('2.png', 10), await draw('3.png', 30)])
  store.read(row, after)
  expect(after).toEqual(before)
  store.close()
})

test('who may not read a file may later: it is tried again although it did not change', async () => {
  const path = await draw('a.png', 200)
  await bring([path])
  const { size, mtimeMs } = await stat(path)
  const refused = { path, size, modified: mtimeMs, fault: 'unreadable', problem: 'a.png cannot be read' }
  await writeFile(files().index, `${JSON.stringify(refused)}\n`)
  const { entries, read } = await bring([path])
  expect(read).toBe(1)
  expect(isStored(entries[0]!)).toBe(true)
})

test('the lock of a living process is left alone, however old it is by the clock: the machine may have slept', async () => {
  const path = await draw('a.png', 200)
  await bring([])
  const owner = JSON.stringify(await thisOwner())
  await writeFile(files().lock, owner)
  await utimes(files().lock, new Date(0), new Date(0))
  const interruption = new AbortController()
  let waits = 0
  const onWait = () => {
    waits++
    setTimeout(() => interruption.abort(new Error('enough')), 600) // more than two looks at the lock
  }
  await expect(bringIn([path], files(), format, { onWait, signal: interruption.signal })).rejects.toThrow(
    'enough',
  )
  expect(waits).toBe(1)
  expect(await readFile(files().lock, 'utf8')).toBe(owner)
})
