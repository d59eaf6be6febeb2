import { expect, test } from 'vitest'
import { Tensor } from '../base/tensor.js'
import type { Checkpoint } from './checkpoint.js'
import { quiet, tinyData, tinyModel, weightsOf } from './tiny.fixture.js'
import { sampleOfTraining } from './train-evaluation.js'

const { x, y } = tinyData(11)
const options = { ...quiet, epochs: 3, batchSize: 4, validationSplit: 0.2 }
const parts = { train: { x: x.slice(0, 8), y: y.slice(0, 8) }, validation: { x: x.slice(8), y: y.slice(8) } }

/** Those rows, one after the other. */
const gathered = (tensor: Tensor<Uint8Array>, rows: Uint32Array) => {
  const width = tensor.data.length / tensor.rows
  const data = Uint8Array.from(
    [...rows].flatMap(row => [...tensor.data.subarray(row * width, (row + 1) * width)]),
  )
  return new Tensor(data, [rows.length, ...tensor.shape.slice(1)], tensor.scaling)
}

test('the sample has as many rows as were wanted, each once, and follows from the seed alone', () => {
  const sample = (wanted: boolean | number, seed = 1) =>
    sampleOfTraining(wanted, parts.train, parts.validation, seed)
  expect(sample(false)).toBeNull()
  expect(sample(true)).toHaveLength(3)
  const five = [...sample(5)!]
  expect(new Set(five).size).toBe(5)
  expect(five).toEqual([...five].sort((a, b) => a - b))
  expect(five.every(row => row < 8)).toBe(true)
  expect([...sample(5)!]).toEqual(five)
  expect(sample(5, 2)).not.toEqual(sample(5, 1))
  expect([...sample(1000)!]).toEqual([0, 1, 2, 3, 4, 5, 6, 7])
})

test('the sample is measured like the validation part: in inference mode, after the epoch', async () => {
  const model = tinyModel({ rate: 0.5, l2: 0.01 })
  const { history } = await model.fit(x, y, { ...options, trainEvaluation: 5 })
  expect(Object.keys(history)).toEqual([
    ...['loss', 'accuracy', 'val_loss', 'val_accuracy'],
    ...['train_eval_loss', 'train_eval_accuracy'],
  ])
  const rows = sampleOfTraining(5, parts.train, null, model.seed)!
  const [loss, accuracy] = await model.evaluate(gathered(x, rows), gathered(y, rows))
  expect(history.train_eval_loss![2]).toBe(loss)
  expect(history.train_eval_accuracy![2]).toBe(accuracy)
})

test('measuring changes nothing of training', async () => {
  const [plain, measured] = [tinyModel({ rate: 0.5 }), tinyModel({ rate: 0.5 })]
  const without = await plain.fit(x, y, options)
  const { history, best } = await measured.fit(x, y, { ...options, trainEvaluation: true })
  expect(weightsOf(measured)).toEqual(weightsOf(plain))
  expect(history).toMatchObject(without.history)
  expect(best).toEqual(without.best)
})

test('without a validation part rows can be measured too, but not as many as it has', async () => {
  const { history } = await tinyModel().fit(x, y, { ...quiet, trainEvaluation: 2 })
  expect(Object.keys(history)).toEqual(['loss', 'accuracy', 'train_eval_loss', 'train_eval_accuracy'])
  await expect(tinyModel().fit(x, y, { ...quiet, trainEvaluation: true })).rejects.toThrow(
    'fit: trainEvaluation: true measures as many training rows as the validation part has, but there is none.\n' +
      '  Give a number of rows, for example trainEvaluation: 1000, or set validationSplit.',
  )
  await expect(tinyModel().fit(x, y, { ...quiet, trainEvaluation: 0.5 })).rejects.toThrow(
    'fit: trainEvaluation must be a whole number of at least 1, but 0.5 came.',
  )
})

test('a training that goes on must measure as it did before', async () => {
  const saved: Checkpoint[] = []
  const checkpoint = { save: async (made: Checkpoint) => void saved.push(made) }
  await tinyModel().fit(x, y, { ...options, trainEvaluation: 5, checkpoint })
  const resume = saved[0]!
  await expect(tinyModel().fit(x, y, { ...options, resume })).rejects.toThrow(
    'fit: the checkpoint was made with trainEvaluation, so its curves would have a gap.\n' +
      '  Give trainEvaluation as before, or begin a new training.',
  )
  await expect(tinyModel().fit(x, y, { ...options, trainEvaluation: 5, resume })).resolves.toBeDefined()
})
