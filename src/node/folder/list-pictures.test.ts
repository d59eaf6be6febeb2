import { execFileSync } from 'node:child_process'
import { mkdir, symlink, writeFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { FileError } from '../../base/errors.js'
import { listPictures } from './list-pictures.js'
import { refusing, usePhotos } from './photos.fixture.js'

const photos = usePhotos()
const all = 'jpg, jpeg, jpe, jfif, png, webp, gif, bmp, dib, avif, tif, tiff'

async function errorOf(place: string, access = refusing()): Promise<string> {
  const error = await listPictures(place, access).then(
    () => null,
    (error: unknown) => error,
  )
  expect(error).toBeInstanceOf(FileError)
  return (error as FileError).message
}

test('a folder without pictures: what was looked for and what was found', async () => {
  await photos.make('cat/a.txt', 'cat/b.heic', 'dog/')
  expect(await errorOf(photos.place)).toBe(
    [
      `No pictures were found in ${photos.place}. Looked for files that end in ${all}.`,
      '  Passed over 1 HEIC picture, which Fovea cannot decode: cat/b.heic. Convert them to JPEG.',
      '  Passed over 1 file that is no picture: 1 .txt.',
    ].join('\n'),
  )
})

test('an empty folder', async () => {
  await photos.make('cat/')
  expect(await errorOf(photos.place)).toBe(
    `No pictures were found in ${photos.place}. Looked for files that end in ${all}.\n  Nothing else was found either.`,
  )
})

test('a place that is missing: the nearest name is offered', async () => {
  await photos.make('cat/1.jpg')
  expect(await errorOf(photos.beside('phtos'))).toBe(
    `${photos.beside('phtos')}: there is no such file or folder.\n  Did you mean "${photos.place}"?`,
  )
  expect(await errorOf(photos.beside('Photos/cat'))).toContain(`Did you mean "${photos.place}/cat"?`)
  expect(await errorOf(photos.beside('phots/dog'))).toContain(`Did you mean "${photos.place}"?`)
  expect(await errorOf(photos.beside('something else'))).toContain('Check the spelling of the path.')
})

test('a missing name without Latin letters is not offered another one at random', async () => {
  await mkdir(photos.beside('犬'), { recursive: true })
  expect(await errorOf(photos.beside('猫'))).toContain('Check the spelling of the path.')
})

test('no place, a place below a file, and a link that leads nowhere', async () => {
  await photos.make('1.jpg')
  expect(await errorOf('')).toContain('"": there is no such file or folder.')
  expect(await errorOf(`${photos.place}/1.jpg/cat`)).toContain('there is no such file or folder.')
  await symlink('nothing', photos.beside('link'))
  expect(await errorOf(photos.beside('link'))).toBe(
    `${photos.beside('link')}: there is no such file or folder.\n  It is a link that leads nowhere.`,
  )
})

test('a place that may not be read', async () => {
  await photos.make('cat/1.jpg')
  expect(await errorOf(photos.place, refusing(photos.place))).toContain(
    `${photos.place} cannot be read: permission denied.`,
  )
})

test.each([
  ['cats.zip', 'Unpack it first.'],
  ['data.tar.gz', 'Unpack it first.'],
  ['1.JPG', 'Give the folder that holds the folders of the classes.'],
  [
    'labels.txt',
    'Give a folder with a folder for each class. A table of files and labels needs a name that ends in .csv or .tsv.',
  ],
])('%s is neither a folder nor a CSV file', async (name, advice) => {
  await photos.make(name)
  const path = `${photos.place}/${name}`
  expect(await errorOf(path)).toBe(
    `${path}: a folder, a CSV file or a glob was expected, but this is another file.\n  ${advice}`,
  )
})

test('a pipe is refused without waiting for it, whatever it is called', async () => {
  const path = photos.beside('labels.csv')
  execFileSync('mkfifo', [path])
  expect(await errorOf(path)).toContain('but this is a pipe, a socket or a device.')
})

test('names in errors are shown on one line', async () => {
  await writeFile(photos.beside('a\nb.txt'), '')
  expect(await errorOf(photos.beside('a\nb.txt'))).toContain('a\\nb.txt: a folder')
})
