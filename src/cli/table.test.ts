import { expect, test } from 'vitest'
import { formatHints } from './hints.js'
import { formatTable } from './table.js'

test('columns are as wide as their widest cell, names to the left and numbers to the right', () => {
  const table = formatTable(
    ['class', 'pictures'],
    [
      ['cat', '1,000'],
      ['automobile', '9'],
    ],
  )
  expect(table).toBe(
    ['class       pictures', '────────────────────', 'cat            1,000', 'automobile         9'].join(
      '\n',
    ),
  )
})

test('columns stand as they are told, without blanks at the end', () => {
  expect(
    formatTable(
      ['a', 'b'],
      [
        ['1', 'xyz'],
        ['22', ''],
      ],
      ['right', 'left'],
    ),
  ).toBe([' a  b', '───────', ' 1  xyz', '22'].join('\n'))
})

test('columns are aligned for names in any script and for emoji', () => {
  expect(
    formatTable(
      ['class', 'pictures'],
      [
        ['猫', '9'],
        ['🐱', '9'],
        ['собака', '9'],
        ['cafe\u0301', '9'],
      ],
    ),
  ).toBe(
    [
      'class   pictures',
      '────────────────',
      '猫             9',
      '🐱             9',
      'собака         9',
      'cafe\u0301           9',
    ].join('\n'),
  )
})

test('hints stand in two columns', () => {
  expect(
    formatHints('Next', [
      ['fovea a', 'first'],
      ['fovea abc', 'second'],
    ]),
  ).toBe('Next:\n  fovea a     first\n  fovea abc   second')
})
