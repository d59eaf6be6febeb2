import { expect, test } from 'vitest'
import { RunningMeans } from './running-means.js'

const batch = (...loss: number[]) => ({
  loss: Float32Array.from(loss),
  accuracy: Float32Array.from(loss, x => x % 2),
})

test('batches count by their rows, and the penalty is part of the loss only', () => {
  const means = new RunningMeans()
  means.add(batch(1, 2, 3, 4), 0.5)
  means.add(batch(8), 0)
  expect(means.means()).toEqual({ loss: (10 + 4 * 0.5 + 8) / 5, accuracy: 2 / 5 })
})

test('going on from a snapshot that went through JSON gives the same bits', () => {
  const whole = new RunningMeans()
  const first = new RunningMeans()
  for (const means of [whole, first]) means.add(batch(0.1, 0.2, 0.7), 1e-3)
  const second = new RunningMeans(JSON.parse(JSON.stringify(first.snapshot())))
  for (const means of [whole, second]) means.add(batch(1e8, 0.3), 1e-3)
  expect(second.means()).toEqual(whole.means())
})
