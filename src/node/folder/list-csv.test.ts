import { mkdir, writeFile } from 'node:fs/promises'
import { describe, expect, test } from 'vitest'
import { FileError } from '../../base/errors.js'
import { listPictures } from './list-pictures.js'
import { linesOf, refusing, usePhotos } from './photos.fixture.js'

const photos = usePhotos()
const table = () => `${photos.place}/labels.csv`

async function listingOf(text: string | Uint8Array, access = refusing()) {
  await photos.write('labels.csv', text)
  return listPictures(table(), access)
}

async function linesFrom(text: string | Uint8Array): Promise<string[]> {
  const listing = await listingOf(text)
  expect(listing.notices).toEqual([])
  return linesOf(listing, photos.place)
}

async function errorOf(text: string | Uint8Array, access = refusing()): Promise<string> {
  const error = await listingOf(text, access).then(
    () => null,
    (error: unknown) => error,
  )
  expect(error).toBeInstanceOf(FileError)
  return (error as FileError).message
}

describe('rows', () => {
  test('name a file and its class; files are found from the folder of the CSV file', async () => {
    await photos.make('a/10.jpg', 'a/9.jpg', 'b.png')
    const listing = await listingOf('a/10.jpg,dog\na/9.jpg,cat\nb.png,cat\n')
    expect(listing).toMatchObject({ place: table(), layout: 'csv', classNames: ['cat', 'dog'], notices: [] })
    expect(listing.pictures).toEqual([
      { path: `${photos.place}/b.png`, label: 0, part: null },
      { path: `${photos.place}/a/9.jpg`, label: 0, part: null },
      { path: `${photos.place}/a/10.jpg`, label: 1, part: null },
    ])
  })

  test('may name the part; an empty cell leaves it open', async () => {
    await photos.make('1.jpg', '2.jpg', '3.jpg', '4.jpg')
    expect(await linesFrom('1.jpg,cat,TRAIN\n2.jpg,cat,val\n3.jpg,cat,testing\n4.jpg,cat,\n')).toEqual([
      'train cat: 1.jpg',
      'validation cat: 2.jpg',
      'test cat: 3.jpg',
      'cat: 4.jpg',
    ])
  })

  test('may lack a class in a part: that is said', async () => {
    await photos.make('1.jpg', '2.jpg', '3.jpg')
    const { notices } = await listingOf('1.jpg,cat,train\n2.jpg,dog,train\n3.jpg,cat,test\n')
    expect(notices).toEqual(['Classes without pictures in a part: dog (test).'])
  })

  test('take files whatever their extensions, also by whole paths', async () => {
    await photos.make('0001', 'b.weird')
    const whole = photos.beside('outside.jpg')
    await writeFile(whole, '')
    expect(await linesFrom(`0001,cat\nb.weird,cat\n${whole},cat\n`)).toEqual([
      `cat: ${whole}`, // files before subfolders, and the CSV file lies in one
      'cat: 0001',
      'cat: b.weird',
    ])
  })

  test('take files by links', async () => {
    await photos.make('a.jpg')
    await photos.link('b.jpg', 'a.jpg')
    expect(await linesFrom('b.jpg,cat\n')).toEqual(['cat: b.jpg'])
  })

  test('written on Windows have backslashes', async () => {
    await photos.make('cat/1.jpg', 'cat/really\\so.jpg')
    expect(await linesFrom('cat\\1.jpg,cat\ncat/really\\so.jpg,cat\n')).toEqual([
      'cat: cat/1.jpg',
      'cat: cat/really\\so.jpg',
    ])
  })

  test('are found from the folder of a CSV file given by a relative path', async () => {
    await photos.make('1.jpg')
    await photos.write('labels.csv', '1.jpg,cat\n')
    const before = process.cwd()
    process.chdir(photos.place)
    try {
      expect((await listPictures('labels.csv')).pictures).toEqual([{ path: './1.jpg', label: 0, part: null }])
    } finally {
      process.chdir(before)
    }
  })

  test('that repeat others are counted once', async () => {
    await photos.make('1.jpg', '2.jpg')
    const listing = await listingOf('1.jpg,cat\n2.jpg,dog\n1.jpg,cat\n')
    expect(linesOf(listing, photos.place)).toEqual(['cat: 1.jpg', 'dog: 2.jpg'])
    expect(listing.notices).toEqual(['Passed over 1 row that repeats another: 1.jpg (line 3).'])
  })
})

describe('the writing', () => {
  test.each([
    ['commas', 'a b.jpg,cat\n2.jpg,dog\n'],
    ['semicolons', 'a b.jpg;cat\n2.jpg;dog\n'],
    ['tabs', 'a b.jpg\tcat\n2.jpg\tdog\n'],
    ['CRLF, no end of the last line', 'a b.jpg,cat\r\n2.jpg,dog'],
    ['a byte order mark', '\ufeffa b.jpg,cat\n2.jpg,dog\n'],
    ['a byte order mark before a header in quotes', '\ufeff"file","label"\n"a b.jpg","cat"\n2.jpg,dog\n'],
    ['quotes', '"a b.jpg","cat"\n"2.jpg",dog\n'],
    ['spaces round the cells', ' a b.jpg , cat \n2.jpg,  dog\n'],
    ['empty lines, and lines of empty cells', '\n\na b.jpg,cat\n,\n  \n2.jpg,dog\n\n'],
    ['UTF-16, as Excel may save it', Buffer.from('\ufeffa b.jpg\tcat\n2.jpg\tdog\n', 'utf16le')],
  ])('may have %s', async (_, text) => {
    await photos.make('a b.jpg', '2.jpg')
    expect(await linesFrom(text)).toEqual(['dog: 2.jpg', 'cat: a b.jpg'])
  })

  test('may have cells with delimiters, quotes and line breaks in them', async () => {
    await photos.make('a, b.jpg', 'c "d".jpg', 'e\nf.jpg', "g 'h'.jpg", 'i "j".jpg')
    const lines = await linesFrom(
      '"a, b.jpg",cat\n"c ""d"".jpg",cat\n"e\nf.jpg",cat\ng \'h\'.jpg,cat\ni "j".jpg,cat\n',
    )
    expect(lines).toEqual(
      ['a, b.jpg', 'c "d".jpg', 'e\nf.jpg', "g 'h'.jpg", 'i "j".jpg'].map(x => `cat: ${x}`),
    )
  })

  test('may begin with a line that names the delimiter, as Excel writes it', async () => {
    await photos.make('1.jpg', '2.jpg')
    const lines = ['a,b: 1.jpg', 'c: 2.jpg']
    expect(await linesFrom('sep=;\r\n1.jpg;a,b\r\n2.jpg;c\r\n')).toEqual(lines)
    expect(await linesFrom('"sep=;"\nfile;label\n1.jpg;a,b\n2.jpg;c\n')).toEqual(lines)
    expect(await errorOf('sep=;\n1.jpg;a\n1.jpg;b\n')).toContain('is a in line 2, but b in line 3')
  })

  test('with semicolons may have commas in names', async () => {
    await photos.make('a, b.jpg', 'c.jpg')
    expect(await linesFrom('file;label\na, b.jpg;cat\nc.jpg;dog\n')).toEqual(['cat: a, b.jpg', 'dog: c.jpg'])
  })
})

describe('a header', () => {
  test.each([
    'file,label',
    'Filename,Class',
    'image_path,category',
    'IMAGE,Class Name',
    'path,breed',
    'id,label',
  ])('%s', async header => {
    await photos.make('1.jpg', '2.jpg')
    expect(await linesFrom(`${header}\n1.jpg,cat\n2.jpg,dog\n`)).toEqual(['cat: 1.jpg', 'dog: 2.jpg'])
  })

  test.each([
    'split',
    'set',
    'Part',
    'subset',
  ])('may put columns in any order, and have others: %s', async split => {
    await photos.make('1.jpg', '2.jpg')
    expect(await linesFrom(`${split},width,label,file\ntrain,10,cat,1.jpg\n,20,dog,2.jpg\n`)).toEqual([
      'train cat: 1.jpg',
      'dog: 2.jpg',
    ])
  })

  test('is none where a picture is named: a class may be called "class"', async () => {
    await photos.make('1.jpg')
    expect(await linesFrom('1.jpg,class\n')).toEqual(['class: 1.jpg'])
  })

  test('may be missing where the label comes first', async () => {
    await photos.make('a/1.jpg', 'a/2.jpg', 'b.png')
    const lines = ['dog: a/1.jpg', 'cat: a/2.jpg', 'cat: b.png']
    expect((await linesFrom('dog,a/1.jpg\ncat,a/2.jpg\ncat,b.png\n')).sort()).toEqual(lines.sort())
    expect(await linesFrom('dog,a/1.jpg,test\n')).toEqual(['test dog: a/1.jpg'])
  })

  test('that names no column for the labels is an error', async () => {
    expect(await errorOf('file,width,height\n1.jpg,3,4\n')).toBe(
      `${table()}: its header (file, width, height) names no column for the label.\n  Call the columns file and label, and a third one, if there is one, split.`,
    )
  })
})

describe('files that are not there', () => {
  test('are counted with their lines', async () => {
    await photos.make('1.jpg', 'folder.jpg/')
    const listing = await listingOf(
      'file,label\n1.jpg,cat\n2.jpg,cat\n3.jpg,dog\n4.jpg,dog\n5.jpg,dog\nfolder.jpg,cat\n',
    )
    expect(listing.classNames).toEqual(['cat'])
    expect(listing.notices).toEqual([
      'Passed over 4 rows whose files are missing: 2.jpg (line 3), 3.jpg (line 4), 4.jpg (line 5) and 1 more.',
      'Passed over 1 row that names no regular file: folder.jpg (line 7).',
    ])
  })

  test('are an error where there is no other', async () => {
    expect(await errorOf('1.jpg,cat\n2.jpg,dog\n')).toBe(
      [
        `No pictures were found by the 2 rows of ${table()}. Looked for files that end in jpg, jpeg, jpe, jfif, png, webp, gif, bmp, dib, avif, tif, tiff.`,
        '  Passed over 2 rows whose files are missing: 1.jpg (line 1), 2.jpg (line 2).',
        `  Files are found from the folder of the CSV file: the first was looked for at ${photos.place}/1.jpg.`,
      ].join('\n'),
    )
  })

  test('are told from HEIC pictures and from what may not be read', async () => {
    await photos.make('1.jpg', '2.heic')
    await mkdir(photos.beside('secret'), { recursive: true })
    const secret = photos.beside('secret')
    const listing = await listingOf(
      `1.jpg,cat\n2.heic,cat\n${secret}/3.jpg,cat\n`,
      refusing(secret, `${secret}/3.jpg`),
    )
    expect(linesOf(listing, photos.place)).toEqual(['cat: 1.jpg'])
    expect(listing.notices).toEqual([
      'Passed over 1 HEIC picture, which Fovea cannot decode: 2.heic (line 2). Convert them to JPEG.',
      `Passed over 1 file or folder that may not be read: ${secret}/3.jpg (line 3).`,
    ])
  })
})

describe('errors', () => {
  const rows = 'A row is file,label or file,label,split; the file is found from the folder of the CSV file.'

  test.each([
    ['', 'is empty.'],
    ['\ufeff\n\n', 'is empty.'],
    ['file,label\n', 'has a header, but no rows.'],
  ])('no rows: %j', async (text, problem) => {
    expect(await errorOf(text)).toBe(`${table()} ${problem}\n  ${rows}`)
  })

  test.each([
    ['file,label\n1.jpg,cat\n\n2.jpg,\n', 'line 4: there is no label for "2.jpg".'],
    ['1.jpg,cat\n2.jpg\n', 'line 2: there is no label for "2.jpg".'],
    ['1.jpg\n2.jpg\n', 'line 1: there is no label for "1.jpg".'],
    ['1.jpg;cat\n2.jpg\n', 'line 2: there is no label for "2.jpg".'],
    ['1.jpg,cat\n,dog\n', 'line 2: there is no file for the label "dog".'],
  ])('a cell that is missing: %j', async (text, problem) => {
    expect(await errorOf(text)).toBe(`${table()}, ${problem}\n  ${rows}`)
  })

  test('a part nobody knows', async () => {
    expect(await errorOf('file,label,split\n1.jpg,cat,train\n2.jpg,cat,dev\n')).toBe(
      `${table()}, line 3: "dev" is no part of a data set.\n  Parts are train, training, val, valid, validation, test, testing; a cell may be empty.`,
    )
    expect(await errorOf('1.jpg,cat,640\n')).toContain(
      'Where the third column is something else, begin with a line that names the columns.',
    )
  })

  test('rows that contradict each other', async () => {
    expect(await errorOf('1.jpg,cat\n2.jpg,cat\n1.jpg,dog\n')).toBe(
      `${table()}: "1.jpg" is cat in line 1, but dog in line 3.\n  A picture has one class and belongs to one part: keep one of the rows.`,
    )
    expect(await errorOf('1.jpg,cat,train\n1.jpg,cat,test\n')).toContain(
      '"1.jpg" is cat in train in line 1, but cat in test in line 2.',
    )
  })

  test('a quote that is not closed', async () => {
    expect(await errorOf('1.jpg,cat\n"2.jpg,cat\n3.jpg,dog\n')).toMatch(
      /cannot be read as CSV: Quote Not Closed: .* at line 3\./,
    )
  })

  test('other bytes than text', async () => {
    expect(await errorOf(Buffer.from('K\xe4se.jpg,cat\n', 'latin1'))).toBe(
      `${table()}: the text is not UTF-8.\n  Save it as CSV UTF-8.`,
    )
  })

  test('a CSV file that may not be read', async () => {
    await photos.write('labels.csv', '1.jpg,cat\n')
    const whole = refusing()
    const access = { ...whole, read: refusing(table()).read }
    expect(await errorOf('1.jpg,cat\n', access)).toContain(`${table()} cannot be read: permission denied.`)
  })
})
