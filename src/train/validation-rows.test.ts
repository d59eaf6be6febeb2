import { expect, test } from 'vitest'
import { Tensor } from '../base/tensor.js'
import type { EpochEvent, TrainEvent } from './events.js'
import { History, historyOf } from './history.js'
import { quiet, tinyData, tinyModel } from './tiny.fixture.js'
import { ValidationRows } from './validation-rows.js'

const { x, y } = tinyData(11)
const options = { ...quiet, epochs: 2, batchSize: 4, validationSplit: 0.5 }

const epochsOf = (events: readonly TrainEvent[]): EpochEvent[] =>
  events.filter((event): event is EpochEvent => event.type === 'epoch')

test('after every epoch each validation row has its loss and the class it is taken for', async () => {
  const model = tinyModel({ l2: 0.01 })
  const events: TrainEvent[] = []
  const history = await model.fit(x, y, { ...options, onEvent: event => void events.push(event) })
  expect(history.validation).toHaveLength(2)
  const { rowLoss, predicted } = await model.evaluateDetailed(x.slice(5), y.slice(5))
  expect(history.validation[1]!.loss).toEqual(rowLoss)
  expect(history.validation[1]!.predicted).toEqual(Uint8Array.from(predicted))
  expect(epochsOf(events).map(event => event.validation)).toEqual(history.validation)
  for (const [epoch, rows] of history.validation.entries()) {
    const right = rows!.predicted.filter((label, row) => label === y.data[5 + row]).length
    expect(right / 6).toBe(history.history.val_accuracy![epoch])
  }
})

test('JSON leaves the rows out', async () => {
  const events: TrainEvent[] = []
  await tinyModel().fit(x, y, { ...options, onEvent: event => void events.push(event) })
  const [event] = epochsOf(events)
  expect(event!.validation).toBeInstanceOf(ValidationRows)
  const { validation: _, ...rest } = event!
  expect(JSON.parse(JSON.stringify(event))).toEqual(rest)
  expect(JSON.stringify(event)).not.toContain('validation')
})

test('classes that fit a byte are kept as bytes, more of them as whole numbers', () => {
  const evaluation = { logs: {}, rowLoss: Float32Array.of(1, 2), predicted: Int32Array.of(3, 255) }
  expect(ValidationRows.of(evaluation, 256).predicted).toEqual(Uint8Array.of(3, 255))
  expect(ValidationRows.of(evaluation, 257).predicted).toEqual(Int32Array.of(3, 255))
})

test('without a validation part, and where values are learned instead of classes, there are none', async () => {
  const plain = await tinyModel().fit(x, y, { ...quiet, epochs: 2 })
  expect(plain.validation).toEqual([undefined, undefined])
  const values = new Tensor(new Float32Array(33).fill(0.5), [11, 3])
  const regression = await tinyModel({}, { loss: 'meanSquaredError', metrics: [] }).fit(x, values, options)
  expect(regression.validation).toEqual([undefined, undefined])
  expect(regression.history.val_loss).toHaveLength(2)
})

test('a history is aligned with its epochs wherever it came from', async () => {
  const history = await tinyModel().fit(x, y, options)
  const later: EpochEvent = {
    type: 'epoch',
    epoch: 2,
    logs: { loss: 1, accuracy: 1, val_loss: 1, val_accuracy: 1 },
    seconds: 1,
    imagesPerSecond: 1,
    best: false,
    validation: history.validation[0]!,
  }
  const resumed = History.from(history.snapshot()).add(later)
  expect(resumed.validation).toEqual([undefined, undefined, history.validation[0]])
  expect(historyOf([later]).validation).toEqual([history.validation[0]])
})
