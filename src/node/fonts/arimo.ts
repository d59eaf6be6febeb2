import { createRequire } from 'node:module'
import type { CharacterMap } from './character-map.js'
import { readCharacterMap } from './font-file.js'

/** The files of the font that drawings are measured for and PNG files drawn with. */
export function arimoFile(weight: 'normal' | 'bold'): string {
  const { resolve } = createRequire(import.meta.url)
  const name = weight === 'bold' ? '700Bold/Arimo_700Bold.ttf' : '400Regular/Arimo_400Regular.ttf'
  return resolve(`@expo-google-fonts/arimo/${name}`)
}

/** Both weights have the same letters. */
let letters: Promise<CharacterMap> | undefined

/** No box stands for these where a font lacks them: blanks, controls, joiners, selectors, marks of direction. */
const unseen = /[\s\p{Cc}\p{Cf}\p{Variation_Selector}]/u

/** The characters of a text that Arimo has no glyphs for, each once, in their order. */
export async function lackedByArimo(text: string): Promise<string[]> {
  letters ??= readCharacterMap(arimoFile('normal'))
  const has = await letters
  return [...new Set(text)].filter(character => !unseen.test(character) && !has(character.codePointAt(0)!))
}
