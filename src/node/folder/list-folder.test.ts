import { describe, expect, test } from 'vitest'
import { listPictures } from './list-pictures.js'
import { linesOf, usePhotos } from './photos.fixture.js'

const photos = usePhotos()

/** Lists what these files make, which must give no notices. */
async function quietLines(...names: string[]): Promise<string[]> {
  await photos.make(...names)
  const listing = await listPictures(photos.place)
  expect(listing.notices).toEqual([])
  return linesOf(listing, photos.place)
}

describe('class folders', () => {
  test('give the classes, sorted, and the pictures in the same order', async () => {
    await photos.make('dog/2.png', 'cat/10.jpg', 'cat/9.JPG', 'dog/1.jpeg', 'Ant/x.webp')
    const listing = await listPictures(photos.place)
    expect(listing).toMatchObject({ place: photos.place, layout: 'classes', notices: [] })
    expect(listing.classNames).toEqual(['Ant', 'cat', 'dog'])
    expect(linesOf(listing, photos.place)).toEqual([
      'Ant: Ant/x.webp',
      'cat: cat/9.JPG',
      'cat: cat/10.jpg',
      'dog: dog/1.jpeg',
      'dog: dog/2.png',
    ])
    expect(listing.pictures[0]).toEqual({ path: `${photos.place}/Ant/x.webp`, label: 0, part: null })
  })

  test('hold the pictures of their subfolders, too', async () => {
    expect(await quietLines('cat/2019/05/a.jpg', 'cat/z.jpg', 'dog/b.jpg')).toEqual([
      'cat: cat/z.jpg',
      'cat: cat/2019/05/a.jpg',
      'dog: dog/b.jpg',
    ])
  })

  test('may lie beside the runs of a training that began among them', async () => {
    expect(
      await quietLines(
        'cat/1.jpg',
        'dog/2.jpg',
        'runs/.pictures/photos-1a2b3c4d-32x32x3-crop.bytes',
        'runs/photos-quick-1/config.json',
        'runs/photos-quick-1/mistakes.png',
      ),
    ).toEqual(['cat: cat/1.jpg', 'dog: dog/2.jpg'])
  })

  test('are not taken for runs where a run lies in one of them', async () => {
    expect(
      await quietLines(
        'cat/1.jpg',
        'cat/.pictures/photos-1a2b3c4d-32x32x3-crop.bytes',
        'dog/.pictures/photos-1a2b3c4d-32x32x3-crop.bytes',
        'dog/young/2.jpg',
      ),
    ).toEqual(['cat: cat/1.jpg', 'dog: dog/young/2.jpg'])
  })

  test('may have pictures of every kind, their extensions in any letter case', async () => {
    const extensions = 'jpg jpeg jpe jfif png webp gif bmp dib avif tif tiff JPG Png tiFF'.split(' ')
    const lines = await quietLines(
      ...extensions.map(extension => `cat/${extension}.${extension}`),
      'dog/1.jpg',
    )
    expect(lines).toHaveLength(extensions.length + 1)
  })

  test('have numbers for names in the order of their values', async () => {
    await photos.make('10/a.jpg', '9/a.jpg', '0/a.jpg')
    expect((await listPictures(photos.place)).classNames).toEqual(['0', '9', '10'])
  })

  test('are the same class however an accent is spelled', async () => {
    await photos.make('train/caf\u00e9/1.jpg', 'test/cafe\u0301/2.jpg', 'train/tea/3.jpg', 'test/tea/4.jpg')
    expect(await listPictures(photos.place)).toMatchObject({ classNames: ['caf\u00e9', 'tea'], notices: [] })
  })

  test('may be one alone: whether that is enough is for others to say', async () => {
    await photos.make('cat/1.jpg')
    expect(await listPictures(photos.place)).toMatchObject({ layout: 'classes', classNames: ['cat'] })
  })

  test('that differ in letter case only are said', async () => {
    await photos.make('Cat/1.jpg', 'cat/2.jpg', 'dog/3.jpg')
    const { classNames, notices } = await listPictures(photos.place)
    expect(classNames).toEqual(['Cat', 'cat', 'dog'])
    expect(notices).toEqual(['Classes that differ in letter case only: Cat and cat.'])
  })

  test('may have names of any characters', async () => {
    const odd = ['-rf', 'a b', 'c#d%20e', 'f"g\'h', 'i\nj', '*?[k]{l}', '猫 😀', '$(m)', 'n\\o', '~', '!p']
    const lines = await quietLines(...odd.map(name => `${name}/${name}.jpg`))
    expect(lines.sort()).toEqual(odd.map(name => `${name}: ${name}/${name}.jpg`).sort())
  })

  test('are found by a path that ends in a slash, or from within', async () => {
    await photos.make('cat/1.jpg', 'dog/2.jpg')
    const slashed = await listPictures(`${photos.place}/`)
    expect(slashed.pictures[0]!.path).toBe(`${photos.place}/cat/1.jpg`)
    const before = process.cwd()
    process.chdir(photos.place)
    try {
      expect((await listPictures('.')).pictures[0]!.path).toBe('./cat/1.jpg')
    } finally {
      process.chdir(before)
    }
  })
})

describe('parts', () => {
  test('have class folders; the classes are those of all parts', async () => {
    await photos.make(
      'train/cat/1.jpg',
      'train/dog/2.jpg',
      'val/dog/3.jpg',
      'val/cat/4.jpg',
      'test/dog/5.jpg',
      'test/cat/6.jpg',
    )
    const listing = await listPictures(photos.place)
    expect(listing).toMatchObject({ layout: 'parts', classNames: ['cat', 'dog'], notices: [] })
    expect(linesOf(listing, photos.place)).toEqual([
      'test cat: test/cat/6.jpg',
      'test dog: test/dog/5.jpg',
      'train cat: train/cat/1.jpg',
      'train dog: train/dog/2.jpg',
      'validation cat: val/cat/4.jpg',
      'validation dog: val/dog/3.jpg',
    ])
  })

  test.each([
    ['Train', 'train'],
    ['TRAINING', 'train'],
    ['val', 'validation'],
    ['Valid', 'validation'],
    ['validation', 'validation'],
    ['test', 'test'],
    ['Testing', 'test'],
  ])('%s is the part %s', async (folder, part) => {
    expect(await quietLines(`${folder}/cat/1.jpg`, `${folder}/dog/2.jpg`)).toEqual([
      `${part} cat: ${folder}/cat/1.jpg`,
      `${part} dog: ${folder}/dog/2.jpg`,
    ])
  })

  test('may be train and test only', async () => {
    expect(await quietLines('train/cat/1.jpg', 'test/cat/2.jpg')).toEqual([
      'test cat: test/cat/2.jpg',
      'train cat: train/cat/1.jpg',
    ])
  })

  test('may lack a class: that is said', async () => {
    await photos.make('train/cat/1.jpg', 'train/dog/2.jpg', 'test/cat/3.jpg', 'test/eel/4.jpg')
    const { classNames, notices } = await listPictures(photos.place)
    expect(classNames).toEqual(['cat', 'dog', 'eel'])
    expect(notices).toEqual(['Classes without pictures in a part: dog (test), eel (train).'])
  })

  test('are none where folders of these names hold their pictures directly, beside others: then they are classes', async () => {
    expect(await quietLines('test/1.jpg', 'other/2.jpg')).toEqual(['other: other/2.jpg', 'test: test/1.jpg'])
  })

  test('are none where test has subfolders, but other classes than those beside it', async () => {
    expect(await quietLines('test/2019/1.jpg', 'cat/2.jpg')).toEqual([
      'cat: cat/2.jpg',
      'test: test/2019/1.jpg',
    ])
  })

  test('may leave the pictures for training beside them, where the classes are the same', async () => {
    await photos.make('cat/1.jpg', 'dog/2.jpg', 'test/cat/3.jpg', 'test/dog/4.jpg')
    const listing = await listPictures(photos.place)
    expect(linesOf(listing, photos.place)).toEqual([
      'train cat: cat/1.jpg',
      'train dog: dog/2.jpg',
      'test cat: test/cat/3.jpg',
      'test dog: test/dog/4.jpg',
    ])
    expect(listing.notices).toEqual(['Taken for training, because they lie beside test: cat, dog.'])
  })

  test('may have pictures without classes beside them, as competitions have for test: they are passed over', async () => {
    await photos.make(
      'train/cat/1.jpg',
      'train/dog/2.jpg',
      'test/1.jpg',
      'test/2.jpg',
      'extra/3.jpg',
      '4.jpg',
    )
    const listing = await listPictures(photos.place)
    expect(linesOf(listing, photos.place)).toEqual([
      'train cat: train/cat/1.jpg',
      'train dog: train/dog/2.jpg',
    ])
    expect(listing.notices).toEqual([
      'Passed over 3 pictures that lie in no class folder: 4.jpg, test/1.jpg, test/2.jpg.',
      'Passed over 1 folder beside the parts: extra (1 picture).',
    ])
  })

  test('may be folded once more into a folder of their name, as archives unpack', async () => {
    expect(
      await quietLines('train/train/cat/1.jpg', 'train/train/dog/2.jpg', 'val/cat/3.jpg', 'val/dog/4.jpg'),
    ).toEqual([
      'train cat: train/train/cat/1.jpg',
      'train dog: train/train/dog/2.jpg',
      'validation cat: val/cat/3.jpg',
      'validation dog: val/dog/4.jpg',
    ])
  })

  test('without class folders are an error that shows what is expected, and a CSV file that may say it', async () => {
    await photos.make('train/1.jpg', 'test/2.jpg', 'labels.csv')
    await expect(listPictures(photos.place)).rejects.toThrow(
      [
        `${photos.place} holds test and train, but no class folders in them, so the classes are not known.`,
        '  The class of a picture is the folder it lies in. Arrange them like this:',
        `    ${photos.place}/train/cat/1.jpg`,
        `    ${photos.place}/train/cat/2.jpg`,
        `    ${photos.place}/train/dog/3.jpg`,
        `  Or, if ${photos.place}/labels.csv has the columns file,label, give that.`,
      ].join('\n'),
    )
  })

  test('without class folders are an error beside another folder, too', async () => {
    await photos.make('train/1.jpg', 'test/2.jpg', 'sample/3.jpg')
    await expect(listPictures(photos.place)).rejects.toThrow('but no class folders in them')
  })
})

describe('a wrapper', () => {
  test('round class folders is gone through, and that is said', async () => {
    await photos.make('dataset/cat/1.jpg', 'dataset/dog/2.jpg', '__MACOSX/dataset/cat/1.jpg', 'read me.txt')
    const listing = await listPictures(photos.place)
    expect(listing).toMatchObject({ layout: 'classes', classNames: ['cat', 'dog'] })
    expect(listing.notices).toEqual([
      `The classes are taken from ${photos.place}/dataset, the only folder with pictures in ${photos.place}.`,
      'Passed over 1 file that is no picture: 1 .txt.',
    ])
  })

  test('round another, and that round parts', async () => {
    await photos.make('a/b/train/cat/1.jpg', 'a/b/test/cat/2.jpg')
    const listing = await listPictures(photos.place)
    expect(linesOf(listing, photos.place)).toEqual([
      'test cat: a/b/test/cat/2.jpg',
      'train cat: a/b/train/cat/1.jpg',
    ])
    expect(listing.notices).toEqual([
      `The classes are taken from ${photos.place}/a/b, the only folder with pictures in ${photos.place}.`,
    ])
  })

  test('is a class where only one subfolder has pictures beside its own', async () => {
    expect(await quietLines('cat/1.jpg', 'cat/more/2.jpg')).toEqual(['cat: cat/1.jpg', 'cat: cat/more/2.jpg'])
  })
})

describe('what is no class folder', () => {
  test('pictures beside the class folders, and folders without any', async () => {
    await photos.make('cat/1.jpg', 'dog/2.jpg', '1.jpg', '2.jpg', '3.jpg', '4.jpg', 'fish/', 'bird/old/')
    const listing = await listPictures(photos.place)
    expect(listing.classNames).toEqual(['cat', 'dog'])
    expect(listing.notices).toEqual([
      'Passed over 4 pictures that lie in no class folder: 1.jpg, 2.jpg, 3.jpg and 1 more.',
      'Passed over 2 folders in which there is no picture: bird, fish.',
    ])
  })

  test('pictures alone are an error that shows what is expected', async () => {
    await photos.make('1.jpg', '2.jpg')
    await expect(listPictures(photos.place)).rejects.toThrow(
      [
        `${photos.place} holds 2 pictures, but no class folders, so the classes are not known.`,
        '  The class of a picture is the folder it lies in. Arrange them like this:',
        `    ${photos.place}/cat/1.jpg`,
        `    ${photos.place}/cat/2.jpg`,
        `    ${photos.place}/dog/3.jpg`,
        '  Or give a CSV file with the columns file,label.',
      ].join('\n'),
    )
  })
})
