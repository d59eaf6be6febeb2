import { expect, test } from 'vitest'
import { graphemesOf, isMark, isWide } from './graphemes.js'

test('a letter with its marks is one, and so is an emoji of several parts', () => {
  expect(graphemesOf('cat')).toEqual(['c', 'a', 't'])
  expect(graphemesOf('e\u0301x')).toEqual(['e\u0301', 'x'])
  expect(graphemesOf('👩‍🔬🇰🇷猫')).toEqual(['👩‍🔬', '🇰🇷', '猫'])
  expect(graphemesOf('कुत्ता').join('')).toBe('कुत्ता')
  expect(graphemesOf('\ud83d')).toEqual(['\ud83d']) // half of a pair alone
})

test('wide are Chinese, Japanese and Korean characters, also those of their full width', () => {
  for (const character of ['猫', 'ね', 'ネ', '고', 'ㄅ', '、', 'Ａ', '𠮷', '㍿'])
    expect(isWide(character)).toBe(true)
  for (const character of ['a', 'ﾈ', 'ж', 'ق', '…', '×', '⣿', '─']) expect(isWide(character)).toBe(false)
})

test('marks have no place of their own, but a sign that stands beside its letter has', () => {
  for (const character of ['\u0301', '\u200d', '\ufe0f', '\u1161']) expect(isMark(character)).toBe(true)
  for (const character of ['a', ' ', '\u093f']) expect(isMark(character)).toBe(false)
})
