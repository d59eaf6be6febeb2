import { isEmoji, isWide } from '../../base/graphemes.js'
import { noticeOnce } from '../../base/notices.js'

/** So many characters are named. */
const mostNamed = 8

/** Says once which characters a PNG file has boxes for, and what to do about it. */
export function noticeMissing(who: string, characters: readonly string[]): void {
  const named = characters.slice(0, mostNamed).map(character => `${shown(character)} (${codeOf(character)})`)
  const others = characters.length - named.length
  const all = listed(others > 0 ? [...named, `${others} more`] : named)
  const fonts = listed([...new Set(characters.map(fontFor))])
  noticeOnce(
    `characters ${characters.join('')}`,
    `${who}: no font on this machine draws ${all}, so there are boxes instead. Save it as .svg or .html, for which browsers have fonts, or install ${fonts}.`,
  )
}

/** `a, b and c` */
const listed = (words: readonly string[]): string =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`

/** A mark stands on a circle, as in tables of letters. */
const shown = (character: string): string => (/\p{M}/u.test(character) ? `◌${character}` : character)

const codeOf = (character: string): string =>
  `U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`

/** A font to install: a free one, where one is known that has such characters. */
function fontFor(character: string): string {
  if (isEmoji(character)) return 'Noto Color Emoji'
  if (isWide(character)) return 'Noto Sans CJK'
  const script = scripts.find(name => new RegExp(`\\p{Script_Extensions=${name}}`, 'u').test(character))
  if (script) return `Noto Sans ${script}`
  return /\p{S}/u.test(character) ? 'Noto Sans Symbols 2' : 'a font that has them'
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
