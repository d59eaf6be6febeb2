import { expect, test } from 'vitest'
import { formatPercent, formatShare } from './format.js'
import { countByClass, standardError } from './share.js'

test('the standard error of a share', () => {
  expect(standardError(0.7, 10_000)).toBeCloseTo(0.0045826, 7)
  expect(formatShare(0.6954, 10_000)).toBe('69.5 % ± 0.5')
  expect(formatPercent(0 / 0)).toBe('–')
})

test('each class is counted', () => {
  expect(countByClass([0, 0, 1, 2], Int32Array.of(0, 1, 1, 1), ['cat', 'dog', 'frog'])).toEqual([
    { className: 'cat', pictures: 2, right: 1, predicted: 1 },
    { className: 'dog', pictures: 1, right: 1, predicted: 3 },
    { className: 'frog', pictures: 1, right: 0, predicted: 0 },
  ])
})
