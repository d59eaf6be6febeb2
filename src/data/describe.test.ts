import { expect, test } from 'vitest'
import { Tensor } from '../base/tensor.js'
import type { Dataset } from './dataset.js'
import { describe as describeDataset, formatDescription } from './describe.js'

const pictures = (bytes: number[], labels: number[]) => ({
  x: new Tensor(Uint8Array.from(bytes), [labels.length, 1, 1, 1]).scaled(1 / 255, -0.5),
  y: new Tensor(Uint8Array.from(labels), [labels.length]),
})
const dataset: Dataset = {
  name: 'tiny',
  classNames: ['cat', 'automobile'],
  train: pictures([0, 255, 51], [1, 1, 0]),
  test: pictures([102], [1]),
  notices: ['test holds 1 picture instead of 10.'],
}

test('shape, range before and after scaling, pictures per class', () => {
  const { parts } = describeDataset(dataset)
  expect(parts[0]).toEqual({
    name: 'train',
    shape: [3, 1, 1, 1],
    stored: { min: 0, max: 255 },
    scaled: { min: -0.5, max: 0.5 },
    perClass: [1, 2],
  })
  expect(parts[1]!.perClass).toEqual([0, 1])
})

test('as text, in columns', () => {
  expect(formatDescription(describeDataset(dataset))).toBe(
    [
      'tiny train  3×1×1×1  bytes 0 … 255  scaled -0.5 … 0.5',
      'tiny test   1×1×1×1  bytes 102 … 102  scaled -0.1 … -0.1',
      '',
      'class        train    test',
      'cat              1       0',
      'automobile       2       1',
      '',
      'test holds 1 picture instead of 10.',
    ].join('\n'),
  )
})
