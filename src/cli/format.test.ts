import { expect, test } from 'vitest'
import { formatPercent, formatShare } from './format.js'

test('shares as percent, with their standard errors where the count is known', () => {
  expect(formatShare(0.6954, 10_000)).toBe('69.5 % ± 0.5')
  expect(formatPercent(0 / 0)).toBe('–')
})
