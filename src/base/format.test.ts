import { expect, test } from 'vitest'
import { formatBytes, formatCount, formatPercent, formatShare } from './format.js'

test('bytes are told in the unit that fits', () => {
  expect([0, 999, 2048, 631_658 * 4, 3 * 2 ** 31].map(formatBytes)).toEqual([
    '0.00 B',
    '999.00 B',
    '2.00 KB',
    '2.41 MB',
    '6.00 GB',
  ])
})

test('counts have separators', () => {
  expect([0, 999, 631_658].map(formatCount)).toEqual(['0', '999', '631,658'])
})

test('shares as percent, with their standard errors where the count is known', () => {
  expect(formatShare(0.6954, 10_000)).toBe('69.5 % ± 0.5')
  expect(formatPercent(0 / 0)).toBe('–')
})
