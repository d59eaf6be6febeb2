import { expect, test } from 'vitest'
import { trainingSummary } from './training-summary.js'

test('tells the data, the length and how the curves ended', () => {
  const history = {
    epoch: [0, 1],
    history: { loss: [2, 1.5], val_accuracy: [0.1, 0.4], odd: ['x'], none: [] },
  }
  expect(trainingSummary({ dataset: 'shapes', state: { totalEpochs: 2, trainRows: 3600, history } })).toEqual(
    { dataset: 'shapes', epochs: 2, pictures: 3600, last: { loss: 1.5, val_accuracy: 0.4 } },
  )
})

test('says nothing where the file says nothing it understands', () => {
  expect(trainingSummary(undefined)).toBeNull()
  expect(trainingSummary({ state: 'x', dataset: 7 })).toEqual({
    dataset: null,
    epochs: null,
    pictures: null,
    last: {},
  })
})
