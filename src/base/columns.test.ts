import fc from 'fast-check'
import { expect, test } from 'vitest'
import { beginningOf, columnsOf, fitColumns, padLeft, padRight } from './columns.js'

test('what is as wide as it is high takes two columns, a mark none', () => {
  for (const [text, columns] of [
    ['cat', 3],
    ['猫', 2],
    ['ねこ', 4],
    ['고양이', 6],
    ['고양이'.normalize('NFD'), 6], // as macOS writes the names of folders
    ['ﾈｺ', 2], // halfwidth
    ['собака', 6],
    ['й'.normalize('NFD'), 1],
    ['قطة', 3],
    ['🐱', 2],
    ['👨‍👩‍👧', 2],
    ['🇰🇷', 2],
    ['❤️', 2],
    ['1️⃣', 2],
    ['☠', 1],
    ['…', 1],
    ['', 0],
  ] as const)
    expect(columnsOf(text), text).toBe(columns)
})

test('texts are padded to columns, and stay as they are where they are wider', () => {
  expect([padRight('猫', 4), padLeft('🐱', 4), padRight('cat', 4), padLeft('cat', 2)]).toEqual([
    '猫  ',
    '  🐱',
    'cat ',
    'cat',
  ])
})

test('texts are cut between characters, never within one', () => {
  expect(beginningOf('猫cat', 1)).toBe('')
  expect(beginningOf('猫cat', 4)).toBe('猫ca')
  expect(beginningOf('👨‍👩‍👧👨‍👩‍👧', 3)).toBe('👨‍👩‍👧')
  expect(beginningOf('е\u0301ж', 1)).toBe('е\u0301')
  expect(fitColumns('猫猫猫', 6)).toBe('猫猫猫')
  expect(fitColumns('猫猫猫', 5)).toBe('猫猫…')
})

test('whatever the text is, its beginning fits, begins it and holds whole characters', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.nat(12), (text, columns) => {
      const beginning = beginningOf(text, columns)
      expect(columnsOf(beginning)).toBeLessThanOrEqual(columns)
      expect(text.startsWith(beginning)).toBe(true)
      expect(beginning).not.toMatch(/\p{Surrogate}/u)
      expect(columnsOf(fitColumns(text, columns + 1))).toBeLessThanOrEqual(columns + 1)
    }),
  )
})
