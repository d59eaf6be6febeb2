import { describe, expect, test, vi } from 'vitest'
import { Tensor } from '../base/tensor.js'
import { batchNormalization, dense, flatten } from '../nn/layers/index.js'
import { Sequential } from './sequential.js'
import { float32Reference, quiet, tinyData } from './tiny.fixture.js'

function normalized(place: 'pictures' | 'numbers', trainable = true): Sequential {
  const layer = batchNormalization({ trainable, ...(place === 'pictures' && { inputShape: [2, 2, 1] }) })
  const front = place === 'pictures' ? [layer, flatten()] : [flatten({ inputShape: [2, 2, 1] }), layer]
  const model = new Sequential([...front, dense({ units: 3, activation: 'softmax' })], { seed: 1 })
  model.compile({ loss: 'categoricalCrossentropy', backend: float32Reference })
  return model
}

const fit = (model: Sequential, rows: number, batchSize: number, notice = vi.fn()) => {
  const { x, y } = tinyData(rows)
  return model.fit(x, y, { ...quiet, batchSize, notice }).then(() => notice)
}

const who =
  'BatchNormalization "batch_normalization" normalises by the mean and variance of a batch, which of a single number say nothing, but '

describe('one number for a channel in a batch', () => {
  test.each([
    [5, 1, 'batchSize is 1.\n  Use batchSize: 3, or leave the layer out.'],
    [4, 1, 'batchSize is 1.\n  Use batchSize: 2, or leave the layer out.'],
    [
      9,
      4,
      'the last batch of an epoch has one row (9 rows in batches of 4).\n  Use batchSize: 3, or leave the layer out.',
    ],
    [
      7,
      3,
      'the last batch of an epoch has one row (7 rows in batches of 3).\n  Use batchSize: 4, or leave the layer out.',
    ],
    [1, 32, 'there is only one row to train on.\n  Give at least two rows, or leave the layer out.'],
  ])('%i rows in batches of %i are refused before the first step', async (rows, batchSize, rest) => {
    const model = normalized('numbers')
    const before = model.getWeights()
    await expect(fit(model, rows, batchSize)).rejects.toThrow(who + rest)
    expect(model.getWeights()).toEqual(before)
  })

  test.each([
    [8, 4],
    [9, 9],
    [3, 32],
  ])('%i rows in batches of %i are fine', async (rows, batchSize) => {
    expect(await fit(normalized('numbers'), rows, batchSize)).not.toHaveBeenCalled()
  })

  test('the rows of the validation part do not count', async () => {
    const { x, y } = tinyData(10)
    const options = { ...quiet, batchSize: 4, validationSplit: 0.1 }
    await expect(normalized('numbers').fit(x, y, options)).rejects.toThrow('(9 rows in batches of 4)')
  })

  test('a layer that is not trainable uses its moving statistics', async () => {
    expect(await fit(normalized('numbers', false), 4, 1)).not.toHaveBeenCalled()
  })
})

describe('one picture of several pixels in a batch', () => {
  test('batchSize 1 is allowed, with a notice', async () => {
    expect(await fit(normalized('pictures'), 4, 1)).toHaveBeenCalledWith(
      'BatchNormalization "batch_normalization" normalises by the statistics of a batch. In steps of one row these are each picture\'s own, unlike the moving ones with which the model is measured: expect validation to lag, or use a larger batchSize.',
    )
  })

  test('a last batch of one picture is nothing to speak of', async () => {
    expect(await fit(normalized('pictures'), 9, 4)).not.toHaveBeenCalled()
  })
})

test('networks without such a layer may be trained row by row', async () => {
  const model = new Sequential([dense({ units: 2, activation: 'softmax', inputShape: [3] })])
  model.compile({ loss: 'categoricalCrossentropy', backend: float32Reference })
  const notice = vi.fn()
  const x = new Tensor(new Float32Array(9), [3, 3])
  await model.fit(x, new Tensor(new Uint8Array(3), [3]), { ...quiet, batchSize: 1, notice })
  expect(notice).not.toHaveBeenCalled()
})
