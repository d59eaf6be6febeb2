import { describe, expect, test } from 'vitest'
import type { PictureFolder } from '../../node/folder-data/read-folder.js'
import type { ClassLook, FolderLook } from '../../node/folder-look/folder-look.js'
import { photosRecipe } from '../../recipes/photos.js'
import { adviceOn } from './advice.js'
import type { ChosenReading } from './choose-reading.js'

const chosen: ChosenReading = {
  folder: { height: 48, width: 48, channels: 1, fit: 'crop', shares: { validation: 0.15, test: 0.15 } },
  recipe: photosRecipe({ pictures: 700, classes: 2, shape: [48, 48, 1] }),
  sentences: ['Seen.'],
}

/** Classes of so many pictures, and nothing else of note. */
function advised(counts: Readonly<Record<string, number>>, choice: ChosenReading | null = chosen) {
  const classes = Object.entries(counts).map(
    ([name, pictures]): ClassLook => ({
      name,
      pictures,
      share: 0,
      parts: { train: 0, validation: 0, test: 0 },
      medianSize: null,
      faulty: pictures === 0 ? 7 : 0,
    }),
  )
  const total = classes.reduce((sum, { pictures }) => sum + pictures, 0)
  const look = {
    place: 'photos',
    classes,
    pictures: total,
    parts: { train: total, validation: total, test: total },
    sizes: null,
    files: [],
  } as unknown as FolderLook
  const pictures = classes.flatMap(({ name, pictures }, label) =>
    Array.from({ length: pictures }, (_, i) => ({
      label,
      part: null,
      file: `${name}${i}`,
      hash: `${name}${i}`,
    })),
  )
  const folder = { pictures, listing: { classNames: Object.keys(counts) } } as unknown as PictureFolder
  return adviceOn(look, folder, choice)
}

test('where all is well there is nothing but what training would choose, and the command', () => {
  expect(advised({ cat: 500, dog: 500 })).toEqual({
    obstacles: [],
    sentences: [],
    choices: ['Seen.'],
    command: 'npx fovea train photos',
  })
})

describe('what training would refuse is an obstacle, and then there is no command', () => {
  const many = Object.fromEntries(Array.from({ length: 257 }, (_, i) => [`c${i}`, 30]))
  test.each([
    [{ cat: 50 }, chosen, 'There are pictures of one class only (cat)'],
    [{ cat: 50, dog: 0 }, chosen, 'There are pictures of one class only (cat)'],
    [{ cat: 0 }, chosen, 'None of the files can be used'],
    [many, chosen, 'There are 257 classes, but at most 256 can be told apart.'],
    [{ cat: 50, dog: 50 }, null, 'So many files are broken that training finds none it can use'],
  ] as const)('%#', (counts, choice, obstacle) => {
    const { obstacles, choices, command } = advised(counts, choice)
    expect(obstacles).toHaveLength(1)
    expect(obstacles[0]!.startsWith(obstacle)).toBe(true)
    expect([choices, command]).toEqual([[], null])
  })
})

test('fewer than 3, fewer than 20, and 20', () => {
  const { sentences } = advised({ a: 2, b: 3, c: 19, d: 20, e: 0 })
  expect(sentences.map(sentence => sentence.split('. ')[0])).toEqual([
    'Classes without a picture that can be used: e (7 broken)',
    'Fewer than 3 pictures: a (2)',
    'Fewer than 20 pictures: b (3), c (19)',
    'The classes are uneven: d has 20 pictures, a 2 (10 times fewer)',
  ])
})

test('of many thin classes five are named', () => {
  const counts = Object.fromEntries([...'abcdefg'].map(name => [name, 10]))
  expect(advised(counts).sentences[0]).toContain('a (10), b (10), c (10), d (10), e (10) and 2 more.')
})

test('uneven classes get balanced weights in the command', () => {
  expect(advised({ cat: 300, dog: 100 }).command).toBe('npx fovea train photos --class-weight balanced')
  expect(advised({ cat: 299, dog: 100 }).command).toBe('npx fovea train photos')
})
