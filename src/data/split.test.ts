import { expect, test } from 'vitest'
import { Random } from '../base/random.js'
import { Tensor } from '../base/tensor.js'
import { splitWarning, validationStart } from './split.js'

test.each([
  [50_000, 0.2, 40_000],
  [50_000, 0.1, 45_000],
  [10, 0.3, 7],
  [7, 0.5, 3],
  // 1 - 0.9 is a little less than 0.1 in float64, and Keras computes in float64.
  [100, 0.9, 9],
])('of %i rows, split %d leaves %i to train on', (rows, split, at) => {
  expect(validationStart(rows, split)).toBe(at)
})

test('a part without rows is refused', () => {
  expect(() => validationStart(1, 0.5)).toThrow(
    'validationSplit 0.5 of 1 rows leaves no row for training.\n' +
      '  Choose another share, 0 for none, give more rows, or set validationData.',
  )
  expect(() => validationStart(0, 0.1)).toThrow('leaves no row for training')
})

test.each([0, 1, -0.1, 1.5, Number.NaN])('a share of %d is refused', split => {
  expect(() => validationStart(100, split)).toThrow(
    `validationSplit must lie between 0 and 1, but is ${split}.`,
  )
})

const classes = (rows: number, classOf: (row: number) => number) =>
  new Tensor(
    Uint8Array.from({ length: rows }, (_, row) => classOf(row)),
    [rows],
  )

test('rows sorted by class are found out', () => {
  const sorted = classes(1000, row => Math.floor(row / 100))
  expect(splitWarning(sorted, 900, ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'truck'])).toBe(
    'The validation part (the last 100 of 1,000 rows) holds other classes than the rest: 100.0 % of it is truck, ' +
      'against 0.0 % of the rest. Shuffle the rows before fit, or give validationData.',
  )
})

test('a class that is missing though many were to be expected is found out', () => {
  const noZeroAtTheEnd = classes(2000, row => (row < 1800 ? row % 10 : 1 + (row % 9)))
  expect(splitWarning(noZeroAtTheEnd, 1800)).toContain('0.0 % of it is class 0, against 10.0 % of the rest')
})

test('counts that differ strongly are found out, also when labels are one-hot', () => {
  const skewed = (row: number) => (row < 4000 ? row % 2 : row % 4 === 0 ? 0 : 1)
  expect(splitWarning(classes(5000, skewed), 4000)).toContain(
    '25.0 % of it is class 0, against 50.0 % of the rest',
  )
  const oneHot = new Float32Array(10_000)
  for (let row = 0; row < 5000; row++) oneHot[2 * row + skewed(row)] = 1
  expect(splitWarning(new Tensor(oneHot, [5000, 2]), 4000)).toContain('other classes than the rest')
})

test('shuffled rows give no alarm, in 500 shuffles with few and with many rows', () => {
  for (let seed = 0; seed < 500; seed++) {
    const random = new Random(seed, 'split test')
    const rows = 20 + random.integer(3000)
    const labels = classes(rows, () => random.integer(10))
    const allInTrain = new Set(labels.data.subarray(0, Math.floor(rows * 0.8))).size === 10
    const warning = splitWarning(labels, Math.floor(rows * 0.8))
    if (allInTrain) expect(warning, `seed ${seed}, ${rows} rows`).toBeNull()
  }
})

test('labels that are no classes are let pass', () => {
  expect(splitWarning(new Tensor(Float32Array.of(0.1, 0.2, 0.9), [3]), 2)).toBeNull()
})

test('a share in quotes is refused', () => {
  expect(() => validationStart(100, '0.2' as never)).toThrow(
    'validationSplit must lie between 0 and 1, but is "0.2".',
  )
})
