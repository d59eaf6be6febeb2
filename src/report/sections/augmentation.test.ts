import { expect, test } from 'vitest'
import { shapes } from '../../data/sets/shapes.js'
import { augmentedPictures } from '../../explain/augmented-pictures.js'
import * as augment from '../../train/augmentation/index.js'
import { History } from '../../train/history.js'
import { useTwoThreads } from '../../train/pictures.fixture.js'
import { drawAugmented } from '../../viz/augmented.js'
import { figure } from '../figure.js'
import { augmentationSection, isAugmented } from './augmentation.js'

useTwoThreads()

const { train, classNames } = shapes({ train: 6, test: 1 })
const steps = [augment.flip(), augment.shift({ pixels: 3 })]
const subject = { classNames, augmented: { augment: steps, train, seed: 5 } }

const ofEpochs = (epochs: number): History =>
  History.from({
    history: {
      epoch: Array.from({ length: epochs }, (_, epoch) => epoch),
      history: { loss: Array.from({ length: epochs }, () => 1) },
    },
    best: null,
  })

test('its figure is the sheet of the first pictures, by the seed of the training', async () => {
  const { lead, content } = await augmentationSection({ ...subject, history: ofEpochs(30) })
  const first = { x: train.x.slice(0, 4), y: train.y.slice(0, 4) }
  const sheet = await augmentedPictures(first.x, first.y, steps, { classNames, epochs: 4, seed: 5 })
  expect(content).toContain(figure(drawAugmented(sheet)))
  const other = await augmentedPictures(first.x, first.y, steps, { classNames, epochs: 4, seed: 6 })
  expect(content).not.toContain(figure(drawAugmented(other)))
  expect(lead).toContain('anew in each epoch (flip, shift).')
  expect(lead).not.toContain('mixed')
})

test('no epoch is shown that was not trained', async () => {
  const { content } = await augmentationSection({ ...subject, history: ofEpochs(2) })
  expect(content).toContain('epoch 2')
  expect(content).not.toContain('epoch 3')
})

test('of mixed pictures it says that their partners are others', async () => {
  const mixing = { ...subject.augmented, augment: [augment.mixup({ alpha: 1 })] }
  const { lead } = await augmentationSection({ ...subject, augmented: mixing })
  expect(lead).toContain('so here they are mixed with each other.')
})

test('there is nothing to it without augmentation or without pictures', () => {
  expect(isAugmented(subject)).toBe(true)
  expect(isAugmented({ classNames })).toBe(false)
  expect(isAugmented({ classNames, augmented: { ...subject.augmented, augment: [] } })).toBe(false)
  const none = { x: train.x.slice(0, 0), y: train.y.slice(0, 0) }
  expect(isAugmented({ classNames, augmented: { ...subject.augmented, train: none } })).toBe(false)
})
