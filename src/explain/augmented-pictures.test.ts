import { expect, test } from 'vitest'
import { gatherRows } from '../data/batch.js'
import { shapes } from '../data/sets/shapes.js'
import { apply } from '../train/augmentation/apply.js'
import { flip, shift } from '../train/augmentation/steps.js'
import { augmentationCatalogue, augmentedPictures } from './augmented-pictures.js'

const { train, classNames } = shapes({ train: 6, test: 1 })

test('the first column is the picture, the others what fit sees in these epochs', async () => {
  const steps = [flip(), shift({ pixels: 3 })]
  const { columns, rows } = await augmentedPictures(train.x, train.y, steps, {
    classNames,
    epochs: 2,
    seed: 5,
  })
  expect(columns).toEqual(['as it is', 'epoch 1', 'epoch 2'])
  expect(rows.map(({ title }) => title)).toEqual([...train.y.data].map(label => classNames[label]))
  const { scale, offset } = train.x.scaling
  for (const epoch of [0, 1]) {
    const seen = await apply(train.x, steps, { epoch, seed: 5 })
    const bytes = seen.data.map(value => Math.round((value - offset) / scale))
    rows.forEach(({ pictures }, row) => {
      const length = bytes.length / 6
      expect([...pictures[epoch + 1]!.pixels.data]).toEqual([
        ...bytes.slice(row * length, (row + 1) * length),
      ])
    })
  }
  const [first] = rows
  expect([...first!.pictures[0]!.pixels.data].map(byte => Math.fround(byte * scale + offset))).toEqual([
    ...gatherRows(train.x, [0]),
  ])
})

test('shares of mixed pictures sum to one, the largest first', async () => {
  const { rows } = await augmentedPictures(train.x, train.y, [{ name: 'mixup' }], { classNames, seed: 1 })
  const mixed = rows.flatMap(({ pictures }) => pictures.slice(1)).filter(({ shares }) => shares.length > 1)
  expect(mixed.length).toBeGreaterThan(0)
  for (const { shares } of mixed) {
    expect(shares.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 2)
    expect(shares[0]!.share).toBeGreaterThanOrEqual(shares[1]!.share)
  }
})

test('a catalogue shows the same picture once for each augmentation', async () => {
  const { rows } = await augmentationCatalogue(
    train.x,
    train.y,
    [{ name: 'flip' }, { name: 'cutout', size: 8 } as never],
    { classNames, epochs: 3 },
  )
  expect(rows.map(({ title, pictures }) => [title, pictures.length])).toEqual([
    ['flip', 4],
    ['cutout', 4],
  ])
  expect(rows[1]!.pictures[0]).toEqual(rows[0]!.pictures[0])
})
