import { expect, test } from 'vitest'
import type { TrainingState } from '../train/checkpoint.js'
import { trainingFacts } from './training-facts.js'
import type { TrainingNotes } from './training-notes.js'

const state: TrainingState = {
  seed: 3,
  batchSize: 32,
  trainRows: 3600,
  epoch: 2,
  step: 0,
  totalSteps: 226,
  totalEpochs: 5,
  learningRate: 0.01,
  sums: { rows: 0, sums: {} },
  history: { epoch: [0, 1], history: { loss: [2, 1.5], val_accuracy: [0.1, 0.4] } },
  best: { epoch: 1, monitor: 'val_loss', value: 1.7 },
}

/** As this version writes it: the compiler holds it against the type of the writer. */
const notes: TrainingNotes = {
  dataset: 'shapes',
  loss: { name: 'categoricalCrossentropy', labelSmoothing: 0.1 },
  state,
  summary: {
    recipe: 'photos',
    model: 'resnet',
    testPictures: 400,
    testLoss: 0.7,
    testAccuracy: 0.8,
    averaged: { testTime: 'flip', testLoss: 0.6, testAccuracy: 0.85 },
  },
}

test('tells the data, the length, how the curves ended and what the test came to', () => {
  expect(trainingFacts(notes)).toEqual({
    dataset: 'shapes',
    recipe: 'photos',
    model: 'resnet',
    loss: notes.loss,
    epochs: 2,
    pictures: 3600,
    batchSize: 32,
    seed: 3,
    best: state.best,
    last: { loss: 1.5, val_accuracy: 0.4 },
    test: {
      accuracy: 0.8,
      pictures: 400,
      standardError: 0.02,
      loss: 0.7,
      averaged: { testTime: 'flip', testAccuracy: 0.85 },
    },
  })
})

const nothing = {
  dataset: null,
  recipe: null,
  model: null,
  loss: null,
  epochs: null,
  pictures: null,
  batchSize: null,
  seed: null,
  best: null,
  last: {},
  test: null,
}

test('says nothing where the file says nothing', () => {
  expect(trainingFacts(undefined)).toBeNull()
  expect(trainingFacts({})).toEqual(nothing)
})

test('what is not of the right kind is not told, and the rest is', () => {
  const odd = {
    dataset: 7,
    loss: { labelSmoothing: 0.1 },
    state: { epoch: -1, trainRows: 1.5, batchSize: '8', seed: Number.NaN, history: [], best: { epoch: 1 } },
    summary: 'good',
  }
  expect(trainingFacts(odd)).toEqual(nothing)
  expect(trainingFacts({ state: 'x', later: { nobody: 'knows' } })).toEqual(nothing)
  const curves = { loss: [2, 1.5], odd: ['x'], none: [], text: 'x' }
  expect(trainingFacts({ state: { epoch: 4, history: { history: curves } } })).toEqual({
    ...nothing,
    epochs: 4,
    last: { loss: 1.5 },
  })
})

test('a loss may be a name alone, as the first files have it', () => {
  expect(trainingFacts({ loss: 'meanSquaredError' })?.loss).toEqual({ name: 'meanSquaredError' })
})

test.each([
  ['without pictures there is no standard error', { testAccuracy: 0.5 }, 0.5],
  ['none are none', { testAccuracy: 0.5, testPictures: 0, averaged: { testAccuracy: 0.5 } }, 0.5],
  ['other views are not known', { testAccuracy: 1, averaged: { testTime: 'spin', testAccuracy: 1 } }, 1],
])('of a test that is told in part: %s', (_, summary, accuracy) => {
  expect(trainingFacts({ summary })?.test).toEqual({
    accuracy,
    pictures: null,
    standardError: null,
    loss: null,
    averaged: null,
  })
})

test('an accuracy that is no share is none', () => {
  for (const testAccuracy of [87, -0.1, '0.5', null, Number.NaN])
    expect(trainingFacts({ summary: { testAccuracy, testPictures: 10 } })?.test).toBeNull()
})
