import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { listPictures } from './list-pictures.js'
import { pictureExtensions } from './picture-names.js'

// Whatever the tree of class folders: every picture is listed, with its class, in an order that does not depend on the
// order in which the file system gives the names.

const letters = fc.constantFrom(...'019aBz-_# %\'"&\n\t\\猫é😀[]{}*?!')
/** No dot, so that nothing is hidden; `x` in front, so that no name is one of a part or left by a system. */
const names = fc.string({ unit: letters, minLength: 0, maxLength: 6 }).map(name => `x${name}`)
const extensions = fc.constantFrom(...pictureExtensions, 'JPG', 'Png')
const pictures = fc
  .tuple(fc.array(names, { maxLength: 2 }), names, extensions)
  .map(([folders, name, extension]) => [...folders, `${name}.${extension}`].join('/'))

/** Paths below the folder: at least two classes, each with at least one picture. */
const trees = fc
  .uniqueArray(fc.tuple(names, fc.uniqueArray(pictures, { minLength: 1, maxLength: 5 })), {
    minLength: 2,
    maxLength: 5,
    selector: ([name]) => name.normalize('NFC'),
  })
  .map(classes => classes.flatMap(([name, files]) => files.map(file => `${name}/${file}`)))

async function withTree<T>(paths: readonly string[], use: (place: string) => Promise<T>): Promise<T> {
  const place = await mkdtemp(join(tmpdir(), 'fovea-tree-'))
  try {
    for (const path of paths) {
      await mkdir(dirname(join(place, path)), { recursive: true })
      await writeFile(join(place, path), '')
    }
    return await use(place)
  } finally {
    await rm(place, { recursive: true })
  }
}

async function listed(paths: readonly string[]) {
  return withTree(paths, async place => {
    const { classNames, pictures, layout } = await listPictures(place)
    expect(layout).toBe('classes')
    return pictures.map(({ path, label }) => `${classNames[label]}: ${path.slice(place.length + 1)}`)
  })
}

test('any tree of class folders is listed whole, in one order', async () => {
  await fc.assert(
    fc.asyncProperty(
      trees.chain(tree => fc.tuple(fc.constant(tree), fc.shuffledSubarray(tree, { minLength: tree.length }))),
      async ([tree, shuffled]) => {
        const lines = await listed(tree)
        expect(await listed(shuffled)).toEqual(lines)
        expect([...lines].sort()).toEqual(tree.map(path => `${path.split('/')[0]}: ${path}`).sort())
      },
    ),
    { numRuns: 60 },
  )
})
