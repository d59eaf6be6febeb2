import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import sharp, { type Sharp } from 'sharp'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { Random } from '../../base/random.js'
import { readFolder } from '../folder-data/read-folder.js'
import { lookAtFolder } from './look-at-folder.js'
import { samplePictures } from './sample-pictures.js'

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fovea-look-'))
})
afterEach(() => rm(folder, { recursive: true }))

/** A picture of large coloured squares, another for each number. */
function squares(seed: number, width = 96, height = width): Sharp {
  const random = new Random(seed, 'squares')
  const pixels = Buffer.from(Array.from({ length: 6 * 6 * 3 }, () => random.integer(256)))
  return sharp(pixels, { raw: { width: 6, height: 6, channels: 3 } }).resize(width, height, { fit: 'fill' })
}

async function save(name: string, picture: Sharp | Uint8Array | string): Promise<void> {
  const path = join(folder, 'photos', name)
  await mkdir(dirname(path), { recursive: true })
  if (typeof picture === 'string' || picture instanceof Uint8Array) return writeFile(path, picture)
  await picture.toFile(path)
}

const shares = { validation: 0.2, test: 0.2 }
const relative = (file: string) => file.slice(join(folder, 'photos').length + 1)

async function looked(channels: 1 | 3 = 3, signal?: AbortSignal) {
  const format = { height: 48, width: 48, channels, fit: 'crop' } as const
  const read = await readFolder(join(folder, 'photos'), format, { runs: join(folder, 'runs') })
  const told: number[] = []
  const look = await lookAtFolder(read, shares, {
    signal,
    onProgress: ({ done, total }) => told.push(done, total),
  }).finally(() => read.store.close())
  return { look, told }
}

test('copies that were resized or compressed again look alike; other pictures and flat ones do not', async () => {
  for (let seed = 0; seed < 20; seed++) await save(`a/${seed}.png`, squares(seed))
  await save('a/half.png', sharp(await squares(3).png().toBuffer()).resize(48))
  await save('b/rough.jpg', squares(3).jpeg({ quality: 30 }))
  await save('b/large.webp', sharp(await squares(7).png().toBuffer()).resize(200))
  for (const red of [10, 90, 200])
    await save(
      `b/flat ${red}.png`,
      sharp({ create: { width: 50, height: 50, channels: 3, background: { r: red, g: 5, b: 9 } } }),
    )
  const { look } = await looked()
  const groups = look.lookAlikes.map(group => ({
    ...group,
    files: group.files.map(({ file }) => relative(file)),
  }))
  expect(groups.map(({ files }) => files).sort()).toEqual([
    ['a/3.png', 'a/half.png', 'b/rough.jpg'],
    ['a/7.png', 'b/large.webp'],
  ])
  expect(groups.map(({ acrossClasses }) => acrossClasses)).toEqual([true, true])
  const partOf = new Map(look.files.map(({ file, part }) => [relative(file), part]))
  for (const { files, acrossParts } of groups)
    expect(acrossParts).toBe(new Set(files.map(file => partOf.get(file))).size > 1)
  expect(look.allCompared).toBe(true)
  expect(look.duplicates).toEqual([])
})

test('the same in grey', async () => {
  for (let seed = 0; seed < 6; seed++) await save(`a/${seed}.png`, squares(seed).greyscale())
  await save(
    'b/small.jpg',
    sharp(await squares(4).greyscale().png().toBuffer())
      .resize(60)
      .jpeg(),
  )
  const { look } = await looked(1)
  expect(look.lookAlikes.map(({ files }) => files.map(({ file }) => relative(file)))).toEqual([
    ['a/4.png', 'b/small.jpg'],
  ])
  expect(look.colours).toEqual({ grey: 7, coloured: 0, sampled: true })
})

test('classes are counted, with parts, median sizes and files that are no use', async () => {
  for (const [i, width] of [30, 40, 90].entries()) await save(`a/${i}.png`, squares(i, width, 30))
  await save('b/0.png', squares(9, 10, 20).greyscale())
  await save('b/no.jpg', '<html>')
  await save('c/cut.png', (await squares(5).png().toBuffer()).subarray(0, 600))
  const { look, told } = await looked()
  expect(
    look.classes.map(({ name, pictures, faulty, medianSize }) => [name, pictures, faulty, medianSize]),
  ).toEqual([
    ['a', 3, 0, { width: 40, height: 30 }],
    ['b', 1, 1, { width: 10, height: 20 }],
    ['c', 0, 1, null],
  ])
  expect(look.classes.map(({ share }) => share)).toEqual([0.75, 0.25, 0])
  expect(look.classes[0]!.parts).toEqual({ train: 1, validation: 1, test: 1 })
  expect(look.parts).toEqual({ train: 2, validation: 1, test: 1 })
  expect(look.ownParts).toEqual([])
  expect(look.colours).toEqual({ grey: 1, coloured: 3, sampled: false })
  expect(look.sizes).toMatchObject({
    smallest: { width: 10, height: 20 },
    median: { width: 40, height: 30 },
    largest: { width: 90, height: 30 },
    notSquare: 3,
    croppedAway: { median: 0.5, most: expect.closeTo(2 / 3, 12) },
  })
  expect(relative(look.sizes!.croppedAway!.file)).toBe('a/2.png')
  expect(look.faults.map(({ fault, files }) => [fault, files.map(({ file }) => relative(file))])).toEqual([
    ['broken', ['c/cut.png']],
    ['unknown', ['b/no.jpg']],
  ])
  expect(look.faults[0]!.files[0]!.problem).toBe('a PNG file that is cut off or damaged.')
  expect(look.files.map(({ file }) => relative(file))).toEqual([
    'a/0.png',
    'a/1.png',
    'a/2.png',
    'b/0.png',
    'b/no.jpg',
    'c/cut.png',
  ])
  expect(look.bytes).toBe(look.files.reduce((sum, { bytes }) => sum + bytes, 0))
  expect(look.files.every(({ bytes }) => bytes > 0)).toBe(true)
  expect(told).toEqual([0, 4])
})

test('duplicates in several classes come first, then those in several parts', async () => {
  for (const [i, names] of [
    ['train/a/1.png', 'train/a/1 again.png'],
    ['train/a/2.png', 'test/a/2.png'],
    ['train/a/3.png', 'train/b/3.png'],
    ['test/b/4.png'],
  ].entries())
    for (const name of names) await save(name, squares(i))
  const { look } = await looked()
  expect(
    look.duplicates.map(({ files, acrossClasses, acrossParts }) => [
      files.map(({ file }) => relative(file)),
      acrossClasses,
      acrossParts,
    ]),
  ).toEqual([
    [['train/a/3.png', 'train/b/3.png'], true, false],
    [['test/a/2.png', 'train/a/2.png'], false, true],
    [['train/a/1 again.png', 'train/a/1.png'], false, false],
  ])
  expect(look.ownParts).toEqual(['train', 'test'])
})

test('where nothing can be used there is nothing to measure', async () => {
  await save('a/no.jpg', 'text')
  const { look } = await looked()
  expect([look.pictures, look.sizes, look.lookAlikes]).toEqual([0, null, []])
  expect(look.classes[0]).toMatchObject({ pictures: 0, share: Number.NaN, faulty: 1 })
})

test('a file that may not be read is told as one, whoever runs this', async () => {
  await save('a/1.png', squares(1))
  await save('a/closed.png', squares(2))
  const format = { height: 48, width: 48, channels: 3, fit: 'crop' } as const
  const read = await readFolder(join(folder, 'photos'), format, { runs: join(folder, 'runs') })
  const [open, closed] = read.pictures
  const { path, size, modified } = closed!
  const problem = `${path} cannot be read: permission denied.`
  const refused = {
    ...read,
    pictures: [open!],
    faults: [{ path, size, modified, fault: 'unreadable', problem } as const],
  }
  const look = await lookAtFolder(refused, shares).finally(() => read.store.close())
  expect(look.faults).toEqual([
    {
      fault: 'unreadable',
      files: [{ file: closed!.file, problem: 'cannot be read: permission denied.' }],
    },
  ])
  expect(look.classes[0]).toMatchObject({ pictures: 1, faulty: 1 })
  expect(look.files[1]).toMatchObject({
    part: null,
    size: null,
    hash: null,
    fault: 'unreadable',
    bytes: size,
  })
})

test('it ends when it is told to', async () => {
  await save('a/1.png', squares(1))
  await expect(looked(3, AbortSignal.abort())).rejects.toThrow('aborted')
})

test('a sample of a class has each content once, the same pictures every time, spread over all parts', async () => {
  for (let seed = 0; seed < 30; seed++) await save(`a/${seed}.png`, squares(seed))
  await save('a/again.png', squares(0))
  await save('b/1.png', squares(50))
  const format = { height: 80, width: 80, channels: 3, fit: 'crop' } as const
  const read = await readFolder(join(folder, 'photos'), format, { runs: join(folder, 'runs') })
  try {
    const all = samplePictures(read, 0, 100)
    expect(all).toHaveLength(30)
    expect(all[0]).toMatchObject({ width: 64, height: 64, channels: 3 })
    const some = samplePictures(read, 0, 10)
    expect(some).toEqual([...Array(10).keys()].map(i => all[3 * i]))
    expect(samplePictures(read, 1, 10)).toHaveLength(1)
  } finally {
    await read.store.close()
  }
})
