import { expect, test } from 'vitest'
import { hearNotices } from '../../base/notices.js'
import { noticeMissing } from './missing-characters.js'

function told(...calls: readonly (readonly [who: string, characters: string])[]): string[] {
  const heard: string[] = []
  const done = hearNotices(sentence => heard.push(sentence))
  for (const [who, characters] of calls) noticeMissing(who, [...characters])
  done()
  return heard
}

test('which drawing, which characters, what to do', () => {
  expect(told(['sheet.png', '猫🐱'])).toEqual([
    'sheet.png: no font on this machine draws 猫 (U+732B) and 🐱 (U+1F431), so there are boxes instead. Save it as .svg or .html, for which browsers have fonts, or install Noto Sans CJK and Noto Color Emoji.',
  ])
  expect(told(['a.png', 'क'])[0]).toContain('install Noto Sans Devanagari.')
  expect(told(['a.png', '\u{10fffd}'])[0]).toContain('install a font that has them.')
  expect(told(['a.png', '☠'])[0]).toContain('install Noto Sans Symbols 2.')
})

test('a mark is shown on a circle', () => {
  expect(told(['a.png', '\u093e'])[0]).toContain('◌\u093e (U+093E)')
})

test('the same characters are said once, and of many only the first', () => {
  expect(told(['a.png', '猫'], ['b.png', '猫'], ['b.png', '犬'])).toHaveLength(2)
  expect(told(['a.png', '一二三四五六七八九十'])[0]).toContain('八 (U+516B) and 2 more,')
})
