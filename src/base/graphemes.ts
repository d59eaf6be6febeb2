let segmenter: Intl.Segmenter | undefined

/** Of these each stands alone; looking at text of them only costs nothing. Combining marks begin at U+0300. */
const plain = /^[\u0020-\u02ff]*$/u

/**
 * What readers take for one character each: a letter with its marks, an emoji of several parts (Unicode Standard Annex 29,
 * extended grapheme clusters). Text that is cut is cut between two of them.
 */
export function graphemesOf(text: string): string[] {
  if (plain.test(text)) return [...text]
  segmenter ??= new Intl.Segmenter(undefined, { granularity: 'grapheme' })
  return Array.from(segmenter.segment(text), ({ segment }) => segment)
}

/** Whether a grapheme is drawn as an emoji: by itself, or because a selector (U+FE0F) or a keycap's frame asks for it. */
export const isEmoji = (grapheme: string): boolean => emoji.test(grapheme)

const emoji = /\p{Emoji_Presentation}|\p{Emoji}\ufe0f|\u20e3/u

/**
 * Whether a character is as wide as it is high: those that Unicode Standard Annex 11 (East Asian Width) calls wide or
 * fullwidth, without the emoji among them. Whole blocks are named, so characters that Unicode adds to them are wide as well.
 */
export const isWide = (character: string): boolean => wide.test(character)

const wide =
  /[\u1100-\u115f\u2329\u232a\u2630-\u2637\u268a-\u268f\u2e80-\u303e\u3041-\u3163\u3165-\u3247\u3250-\ua4cf\ua960-\ua97c\uac00-\ud7a3\uf900-\ufaff\ufe10-\ufe19\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{16fe0}-\u{18dff}\u{1aff0}-\u{1b2ff}\u{1d300}-\u{1d376}\u{1f200}-\u{1f265}\u{20000}-\u{3fffd}]/u

/** Whether a character has no place of its own: marks above and below letters, joiners, selectors, the later parts of Korean syllables. */
export const isMark = (character: string): boolean => mark.test(character)

const mark = /[\p{Mn}\p{Me}\p{Cf}\u1160-\u11ff\ud7b0-\ud7ff]/u
