import { expect, test } from 'vitest'
import { formatConfusion } from './confusion-table.js'

test('the matrix as text: aligned, the right ones in brackets, nothing as a dot', () => {
  const text = formatConfusion({
    classNames: ['airplane', 'cat', 'horse'],
    counts: [
      [12000, 8, 0],
      [150, 24, 1],
      [0, 3, 17],
    ],
  })
  expect(text).toBe(
    [
      'Rows: the true class; columns: what it was taken for; in brackets: recognised',
      '          airpla     cat   horse',
      '─────────────────────────────────',
      'airplane [12,000]      8       ·',
      'cat          150     [24]      1',
      'horse          ·       3     [17]',
    ].join('\n'),
  )
})

test('it stays within 80 columns: of many classes those that are confused most', () => {
  const classNames = Array.from({ length: 30 }, (_, i) => `a rather long name ${i}`)
  const counts = classNames.map((_, r) => classNames.map((_, c) => (r === c ? 1000 : r + c)))
  const lines = formatConfusion({ classNames, counts }).split('\n')
  expect(Math.max(...lines.slice(1, -1).map(line => line.length))).toBeLessThanOrEqual(80)
  expect(lines).toHaveLength(3 + 8 + 1)
  expect(lines.at(-1)).toBe('The 8 of 30 classes that are confused most often.')
})
