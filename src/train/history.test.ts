import { expect, test } from 'vitest'
import type { TrainEvent } from './events.js'
import { History, historyOf } from './history.js'

const epoch = (number: number, logs: Record<string, number>): TrainEvent => ({
  type: 'epoch',
  epoch: number,
  logs,
  seconds: 1,
  imagesPerSecond: 1,
  best: false,
})

test('history is the fold of events', () => {
  const history = historyOf([
    epoch(0, { loss: 2, accuracy: 0.25, val_loss: 3, val_accuracy: 0.5 }),
    epoch(1, { loss: 1, accuracy: 0.5, val_loss: 2, val_accuracy: 0.75 }),
    epoch(2, { loss: 0.5, accuracy: 1, val_loss: 2, val_accuracy: 0.5 }),
    { type: 'end', reason: 'stopped', epochs: 3, seconds: 3, bestEpoch: 1, logs: {} },
  ])
  expect(Object.keys(history.history)).toEqual(['loss', 'accuracy', 'val_loss', 'val_accuracy'])
  expect(history.history.val_loss).toEqual([3, 2, 2])
  expect(history.epoch).toEqual([0, 1, 2])
  expect(history.best).toEqual({ epoch: 1, monitor: 'val_loss', value: 2 })
  expect(history.stopped).toBe(true)
})

test('without a validation part the training loss decides', () => {
  const history = historyOf([epoch(0, { loss: 1 }), epoch(1, { loss: 2 })])
  expect(history.best).toEqual({ epoch: 0, monitor: 'loss', value: 1 })
})

test('a history goes on from its snapshot without changing it', () => {
  const first = historyOf([epoch(0, { loss: 2 })])
  const snapshot = first.snapshot()
  const second = History.from(snapshot).add(epoch(1, { loss: 1 }))
  expect(second.history).toEqual({ loss: [2, 1] })
  expect(second.best?.epoch).toBe(1)
  expect(snapshot).toEqual(first.snapshot())
})
