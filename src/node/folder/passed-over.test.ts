import { execFileSync } from 'node:child_process'
import { mkdir, symlink, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { listPictures } from './list-pictures.js'
import { linesOf, refusing, usePhotos } from './photos.fixture.js'

const photos = usePhotos()
const classes = ['cat/1.jpg', 'dog/2.jpg']
const classLines = ['cat: cat/1.jpg', 'dog: dog/2.jpg']

/** What is said when nothing but {@link classes} is listed. */
async function noticesBesideClasses(access = refusing()): Promise<readonly string[]> {
  await photos.make(...classes)
  const listing = await listPictures(photos.place, access)
  expect(linesOf(listing, photos.place)).toEqual(classLines)
  return listing.notices
}

test('what systems leave behind is passed over in silence, and so are hidden files', async () => {
  await photos.make(
    '.DS_Store',
    'Thumbs.db',
    'cat/desktop.ini',
    'cat/.DS_Store',
    'cat/THUMBS.DB',
    'cat/._1.jpg',
    'dog/.hidden.jpg',
    '__MACOSX/cat/1.jpg',
    'cat/.ipynb_checkpoints/1.jpg',
    'cat/@eaDir/1.jpg/small.jpg',
    '.git/objects/ab/cdef',
  )
  expect(await noticesBesideClasses()).toEqual([])
})

test('a hidden folder is said where it holds pictures', async () => {
  await photos.make('.old/fish/9.jpg', 'cat/.trash/3.jpg', '.cache/index.txt')
  expect(await noticesBesideClasses()).toEqual([
    'Passed over 2 hidden folders with pictures: .old, cat/.trash.',
  ])
})

test('other files are counted by their extensions, the most frequent first', async () => {
  await photos.make('cat/a.txt', 'cat/b.TXT', 'notes', 'dog/c.json', 'dog/d.mp4', 'dog/e.mp4', 'f.TXT')
  expect(await noticesBesideClasses()).toEqual([
    'Passed over 7 files that are no pictures: 3 .txt, 2 .mp4, 1 without an extension and 1 more.',
  ])
})

test('an extension is shown without its control characters', async () => {
  await photos.make('cat/a.x\ny')
  expect(await noticesBesideClasses()).toEqual(['Passed over 1 file that is no picture: 1 .x\\ny.'])
})

test('HEIC pictures have a sentence of their own, with what to do', async () => {
  await photos.make('cat/a.HEIC', 'cat/b.heif', 'dog/c.heic', 'dog/d.hif')
  expect(await noticesBesideClasses()).toEqual([
    'Passed over 4 HEIC pictures, which Fovea cannot decode: cat/a.HEIC, cat/b.heif, dog/c.heic and 1 more. Convert them to JPEG.',
  ])
})

test('names are shown on one line', async () => {
  await photos.make('cat/my\nphoto.heic')
  expect(await noticesBesideClasses()).toEqual([
    'Passed over 1 HEIC picture, which Fovea cannot decode: cat/my\\nphoto.heic. Convert them to JPEG.',
  ])
})

test('folders that may not be read are said, and are not called empty', async () => {
  await photos.make('secret/1.jpg', 'cat/deep/2.jpg')
  const access = refusing(`${photos.place}/secret`, `${photos.place}/cat/deep`)
  expect(await noticesBesideClasses(access)).toEqual([
    'Passed over 2 files or folders that may not be read: secret, cat/deep.',
  ])
})

test('links into what may not be read are said', async () => {
  await mkdir(photos.beside('elsewhere'), { recursive: true })
  await writeFile(photos.beside('elsewhere/1.jpg'), '')
  await photos.link('cat/9.jpg', '../../elsewhere/1.jpg')
  expect(await noticesBesideClasses(refusing(`${photos.place}/cat/9.jpg`))).toEqual([
    'Passed over 1 file or folder that may not be read: cat/9.jpg.',
  ])
})

test('links that lead nowhere, or to themselves', async () => {
  await photos.link('cat/gone.jpg', 'missing.jpg')
  await photos.link('dog/self.jpg', 'self.jpg')
  await photos.link('fish', '../nothing')
  expect(await noticesBesideClasses()).toEqual([
    'Passed over 3 links that lead nowhere: fish, cat/gone.jpg, dog/self.jpg.',
  ])
})

test('links that lead back to a folder they lie in, or above all', async () => {
  await photos.link('cat/loop', '.')
  await photos.link('cat/up', '..')
  await photos.link('dog/out', '../..')
  expect(await noticesBesideClasses()).toEqual([
    'Passed over 3 links to folders that are looked through anyway: cat/loop, cat/up, dog/out.',
  ])
})

test('two folders outside with links to each other are read once each', async () => {
  for (const name of ['fish', 'bird']) {
    await mkdir(photos.beside(name))
    await writeFile(join(photos.beside(name), `${name}.jpg`), '')
    await photos.link(name, `../${name}`)
  }
  await photos.make(...classes)
  await symlink('../fish', photos.beside('bird/other'))
  await symlink('../bird', photos.beside('fish/other'))
  const listing = await listPictures(photos.place)
  expect(linesOf(listing, photos.place)).toEqual([
    'bird: bird/bird.jpg',
    ...classLines,
    'fish: fish/fish.jpg',
  ])
  expect(listing.notices).toEqual([
    'Passed over 2 links to folders that are looked through anyway: bird/other, fish/other.',
  ])
})

test('links to pictures and to folders elsewhere are followed', async () => {
  await mkdir(photos.beside('store/deep'), { recursive: true })
  for (const name of ['a.jpg', 'deep/b.jpg']) await writeFile(photos.beside(`store/${name}`), '')
  await photos.make(...classes)
  await photos.link('fish', '../store')
  await photos.link('dog/linked.jpg', '../../store/a.jpg')
  const listing = await listPictures(photos.place)
  expect(linesOf(listing, photos.place)).toEqual([
    ...classLines,
    'dog: dog/linked.jpg',
    'fish: fish/a.jpg',
    'fish: fish/deep/b.jpg',
  ])
  expect(listing.notices).toEqual([])
})

test('of a folder and a link to it the folder counts, whatever their names', async () => {
  await photos.link('all the cats', 'cat')
  expect(await noticesBesideClasses()).toEqual([
    'Passed over 1 link to a folder that is looked through anyway: all the cats.',
  ])
})

test('a pipe and a socket are passed over, and nobody waits for them', async () => {
  await photos.make(...classes)
  execFileSync('mkfifo', [join(photos.place, 'cat', 'pipe.jpg')])
  await photos.link('dog/pipe.jpg', '../cat/pipe.jpg')
  const server = createServer()
  await new Promise<void>(resolve => server.listen(join(photos.place, 'cat', 'socket.jpg'), resolve))
  try {
    expect(await noticesBesideClasses()).toEqual([
      'Passed over 3 things that are no regular files (pipes, sockets, devices): cat/pipe.jpg, cat/socket.jpg, dog/pipe.jpg.',
    ])
  } finally {
    server.close()
  }
})

test.skipIf(process.platform !== 'linux')(
  'names that are not UTF-8 are said, for they cannot be opened (needs Linux)',
  async () => {
    await photos.make(...classes, 'cat/\ufffd.jpg') // a proper name, if a strange one
    const path = (...name: number[]) =>
      Buffer.concat([Buffer.from(`${photos.place}/cat/`), Buffer.from(name)])
    await writeFile(path(0x78, 0xe9, 0x2e, 0x6a, 0x70, 0x67), '') // xé.jpg in Latin-1
    const listing = await listPictures(photos.place)
    expect(linesOf(listing, photos.place)).toEqual([
      'cat: cat/1.jpg',
      'cat: cat/\ufffd.jpg',
      'dog: dog/2.jpg',
    ])
  },
)
