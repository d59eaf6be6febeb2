import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp, { type OutputInfo, type Sharp } from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readOwnPicture, readPicture } from './read-picture.js'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fovea-picture-'))
})
afterAll(() => rm(folder, { recursive: true }))

const raw = (bytes: number[], width: number, height: number, channels: 1 | 2 | 3 | 4): Sharp =>
  sharp(Uint8Array.from(bytes), { raw: { width, height, channels } })
const save = (name: string, picture: Sharp): Promise<OutputInfo> => picture.toFile(join(folder, name))
const read = async (name: string, shape: number[]) => {
  const { data, shape: came } = await readPicture(join(folder, name), shape)
  expect(came).toEqual(shape)
  return [...data]
}

test('colours come as they are in the file', async () => {
  await save('two.png', raw([10, 20, 30, 200, 100, 0], 2, 1, 3))
  expect(await read('two.png', [1, 2, 3])).toEqual([10, 20, 30, 200, 100, 0])
})

test('resized to the shape asked for', async () => {
  await save('wide.png', raw([0, 0, 0, 100, 100, 100, 100, 100, 100, 200, 200, 200], 4, 1, 3))
  expect(await read('wide.png', [2, 1, 3])).toEqual([100, 100, 100, 100, 100, 100])
})

test('grey becomes colour and colour grey', async () => {
  await save('grey.png', raw([7, 99], 2, 1, 1).toColourspace('b-w'))
  expect(await read('grey.png', [1, 2, 3])).toEqual([7, 7, 7, 99, 99, 99])
  await save('even.png', raw([50, 50, 50, 255, 255, 255], 2, 1, 3))
  expect(await read('even.png', [1, 2, 1])).toEqual([50, 255])
})

test('transparency is laid on white', async () => {
  await save('glass.png', raw([9, 9, 9, 0, 9, 9, 9, 255], 2, 1, 4))
  expect(await read('glass.png', [1, 2, 3])).toEqual([255, 255, 255, 9, 9, 9])
})

test('a picture keeps its own size; a large one is shrunk with its proportions', async () => {
  const path = join(folder, 'own.png')
  await save('own.png', raw([...[10, 20, 30], ...[30, 40, 50], ...[50, 60, 70], ...[70, 80, 90]], 4, 1, 3))
  const own = await readOwnPicture(path, 4)
  expect([own.picture.shape, own.fileSize]).toEqual([
    [1, 4, 3],
    [1, 4],
  ])
  const half = await readOwnPicture(path, 2)
  expect([half.picture.shape, half.fileSize]).toEqual([
    [1, 2, 3],
    [1, 4],
  ])
  await expect(readOwnPicture(join(folder, 'no.png'), 4)).rejects.toThrow('no.png: there is no such file.')
})

test('turned as the EXIF note says', async () => {
  const lying = raw([10, 10, 10, 200, 200, 200], 2, 1, 3).withMetadata({ orientation: 6 })
  await save('turned.tiff', lying.tiff({ compression: 'none' }))
  expect(await read('turned.tiff', [2, 1, 3])).toEqual([10, 10, 10, 200, 200, 200])
})

test('16 bits become 8', async () => {
  const deep = sharp(Uint16Array.of(0, 0x8080, 0xffff), { raw: { width: 3, height: 1, channels: 1 } })
  await save('deep.png', deep.toColourspace('grey16'))
  expect(await read('deep.png', [1, 3, 1])).toEqual([0, 128, 255])
})

test.each([
  ['page.png', '<!DOCTYPE html>', '"<!DOCTYPE"'],
  ['noise.jpg', Uint8Array.of(0, 1, 2, 255), '00 01 02 ff'],
  ['empty.png', '', 'nothing: the file is empty'],
])('%s is no picture', async (name, content, start) => {
  const path = join(folder, name)
  await writeFile(path, content)
  await expect(readPicture(path, [32, 32, 3])).rejects.toThrow(
    `${path}: not an image that can be read (it starts with ${start}).\n` +
      '  Give a PNG, JPEG, WebP, GIF, BMP, AVIF, TIFF or SVG file.',
  )
})

test('a picture that was cut off is refused', async () => {
  const noise = Array.from({ length: 64 * 64 * 3 }, (_, i) => (i * i) & 255)
  const whole = await raw(noise, 64, 64, 3).png().toBuffer()
  await writeFile(join(folder, 'cut.png'), whole.subarray(0, whole.length / 2))
  await expect(readPicture(join(folder, 'cut.png'), [32, 32, 3])).rejects.toThrow(
    'cut.png: a PNG file that is cut off or damaged.',
  )
})

test('a picture of more than 100 million pixels is refused by its header', async () => {
  const bomb = await raw([255, 255, 255], 1, 1, 3).png().toBuffer()
  bomb.writeUInt32BE(20_000, 16)
  bomb.writeUInt32BE(20_000, 20)
  bomb.writeUInt32BE(crc32(bomb.subarray(12, 29)), 29)
  await writeFile(join(folder, 'bomb.png'), bomb)
  await expect(readPicture(join(folder, 'bomb.png'), [32, 32, 3])).rejects.toThrow(
    'bomb.png: the picture says it has 20,000×20,000 pixels, but at most 100 million (65,535 a side) are decoded.',
  )
})

test('BMP: the lowest row comes first, blue before red, rows are filled up to four bytes', async () => {
  const header = Buffer.alloc(54)
  header.write('BM')
  header.writeUInt32LE(54, 10)
  header.writeUInt32LE(40, 14)
  header.writeInt32LE(1, 18)
  header.writeInt32LE(2, 22)
  header.writeUInt16LE(1, 26)
  header.writeUInt16LE(24, 28)
  const rows = Buffer.of(...[3, 2, 1, 0], ...[30, 20, 10, 0])
  await writeFile(join(folder, 'two.bmp'), Buffer.concat([header, rows]))
  expect(await read('two.bmp', [2, 1, 3])).toEqual([10, 20, 30, 1, 2, 3])
})

test('a BMP file that ends in its header is refused', async () => {
  await writeFile(join(folder, 'cut.bmp'), Buffer.from('BM\0\0\0'))
  await expect(readPicture(join(folder, 'cut.bmp'), [1, 1, 3])).rejects.toThrow(
    'cut.bmp: a BMP file that is cut off or damaged.',
  )
})

test('what is missing, a folder, and shapes that are no pictures are refused', async () => {
  await mkdir(join(folder, 'inner'))
  await expect(readPicture(join(folder, 'none.png'), [1, 1, 3])).rejects.toThrow(
    'none.png: there is no such file.',
  )
  await expect(readPicture(join(folder, 'inner'), [1, 1, 3])).rejects.toThrow('but this is a folder.')
  await expect(readPicture('x.png', [10])).rejects.toThrow('x.png: a picture file cannot become 10.')
  await expect(readPicture('x.png', [32, 32, 5])).rejects.toThrow('a picture file cannot become 32×32×5.')
})

/** As PNG has it, bit by bit. */
function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff
  for (const byte of bytes) {
    crc ^= byte
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1
  }
  return (crc ^ 0xffffffff) >>> 0
}
