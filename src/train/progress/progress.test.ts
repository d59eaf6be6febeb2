import { expect, test } from 'vitest'
import type { StepEvent } from '../events.js'
import { renderBar } from './bar.js'
import { formatDuration } from './format.js'
import { renderEpoch } from './line.js'
import { BarProgress } from './progress.js'

const step: StepEvent = {
  type: 'step',
  epoch: 2,
  step: 500,
  steps: 1250,
  logs: { loss: 1.23456, accuracy: 0.5 },
  imagesPerSecond: 183.4,
  secondsLeft: 131,
}

test('the bar on a wide terminal', () => {
  expect(renderBar(step, 120, 40)).toBe(
    'Epoch 3/40 ━━━━━━━━━━━━────────────────── 40 % · 183 images/s · 2 min 11 s left · loss 1.2346 · accuracy 0.5000',
  )
})

test('the bar on narrower ones: it shrinks, then the time left goes', () => {
  expect(renderBar(step, 95, 40)).toBe(
    'Epoch 3/40 ━━━━━━──────── 40 % · 183 images/s · 2 min 11 s left · loss 1.2346 · accuracy 0.5000',
  )
  expect(renderBar(step, 80, 40)).toBe(
    'Epoch 3/40 ━━━━━━━────────── 40 % · 183 images/s · loss 1.2346 · accuracy 0.5000',
  )
})

test('the bar is never wider than the terminal', () => {
  for (let columns = 1; columns <= 140; columns++)
    expect(renderBar(step, columns, 40).length).toBeLessThanOrEqual(columns)
})

test('an empty and a full bar', () => {
  expect(renderBar({ ...step, step: 0 }, 30, 40)).toBe('Epoch 3/40 ─────────────── 0 %')
  expect(renderBar({ ...step, step: 1250 }, 30, 40)).toBe('Epoch 3/40 ━━━━━━━━━━━━━ 100 %')
})

test('the plain line of an epoch', () => {
  const logs = { loss: 0.00012345, accuracy: 0.9, val_loss: 0 }
  expect(
    renderEpoch({ type: 'epoch', epoch: 0, logs, seconds: 75.4, imagesPerSecond: 7.25, best: true }, 2),
  ).toBe('Epoch 1/2 · 1 min 15 s · 7.3 images/s · loss 1.2345e-4 · accuracy 0.9000 · val_loss 0.0000')
})

test.each([
  [0, '0.0 s'],
  [9.94, '9.9 s'],
  [9.96, '10 s'],
  [59.7, '1 min 00 s'],
  [3599.6, '1 h 00 min'],
  [7 * 3600 + 125, '7 h 02 min'],
])('%d seconds read %s', (seconds, text) => {
  expect(formatDuration(seconds)).toBe(text)
})

test('on a terminal the bar is drawn at most ten times a second, and the epoch takes its line', () => {
  let time = 0
  let written = ''
  const terminal = { columns: 31, write: (text: string) => void (written += text) }
  const progress = new BarProgress(terminal, () => time)
  for (time = 0; time < 0.995; time += 0.01) progress.tell(step)
  expect(written.split('\r')).toHaveLength(1 + 10)
  written = ''
  progress.tell({ type: 'epoch', epoch: 2, logs: { loss: 1 }, seconds: 1, imagesPerSecond: 10, best: true })
  expect(written).toBe('\rEpoch 3/0 · 1.0 s · 10 images/s · loss 1.0000\u001b[K\n')
})

test('a training that breaks off leaves a fresh line', () => {
  let written = ''
  const progress = new BarProgress({ columns: 31, write: (text: string) => void (written += text) })
  progress.tell(step)
  progress.close()
  progress.close()
  expect(written).toMatch(/^\r.*\n$/)
})

test('what was measured on training rows is left to the events', () => {
  const logs = { loss: 1, val_loss: 2, train_eval_loss: 0.5 }
  const line = renderEpoch({ type: 'epoch', epoch: 0, logs, seconds: 1, imagesPerSecond: 9, best: true }, 1)
  expect(line).toBe('Epoch 1/1 · 1.0 s · 9.0 images/s · loss 1.0000 · val_loss 2.0000')
})
