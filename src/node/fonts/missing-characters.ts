import { isEmoji, isWide } from '../../base/graphemes.js'
import { noticeOnce } from '../../base/notices.js'

/** So many characters are named. */
const mostNamed = 8

/** Says once which characters a PNG file has boxes for, and what to do about it. */
export function noticeMissing(who: string, characters: readonly string[]): void {
  const named = characters.slice(0, mostNamed).map(character => `${character} (${codeOf(character)})`)
  const others = characters.length - named.length
  const all = `${named.join(', ')}${others > 0 ? ` and ${others} more` : ''}`
  noticeOnce(
    `characters ${characters.join('')}`,
    `${who}: no font on this machine draws ${all}, so there are boxes instead. Save it as .svg or .html, for which browsers have fonts, or install a font such as ${fontsFor(characters)}.`,
  )
}

const codeOf = (character: string): string =>
  `U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`

/** Free fonts that have such characters. */
const fontsFor = (characters: readonly string[]): string =>
  [...new Set(characters.map(fontFor))].join(' and ')

function fontFor(character: string): string {
  if (isEmoji(character)) return 'Noto Color Emoji'
  if (isWide(character)) return 'Noto Sans CJK'
  const script = scripts.find(name => new RegExp(`\\p{Script_Extensions=${name}}`, 'u').test(character))
  return script ? `Noto Sans ${script}` : 'Noto Sans Symbols 2'
}

/** Those that most people write in. */
const scripts = [
  'Arabic',
  'Armenian',
  'Bengali',
  'Devanagari',
  'Ethiopic',
  'Georgian',
  'Gujarati',
  'Gurmukhi',
  'Kannada',
  'Khmer',
  'Lao',
  'Malayalam',
  'Myanmar',
  'Oriya',
  'Sinhala',
  'Tamil',
  'Telugu',
  'Thai',
]
