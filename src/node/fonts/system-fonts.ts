import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { CharacterMap } from './character-map.js'
import { readCharacterMap } from './font-file.js'
import { fontFolders } from './font-folders.js'

/** Each file is read once. */
const maps = new Map<string, Promise<CharacterMap>>()

/**
 * Those of the characters that no font of the operating system has, in their order. Files are read until every character is
 * found; one that cannot be read has none.
 *
 * @param folders where fonts are; default: where the operating system keeps them
 */
export async function unknownToSystem(
  characters: Iterable<string>,
  folders: readonly string[] = fontFolders(),
): Promise<string[]> {
  const missing = new Set(characters)
  for (const folder of folders)
    for (const file of await fontFiles(folder)) {
      if (missing.size === 0) return []
      const has = await mapOf(file)
      for (const character of missing) if (has(character.codePointAt(0)!)) missing.delete(character)
    }
  return [...missing]
}

function mapOf(path: string): Promise<CharacterMap> {
  const known = maps.get(path)
  if (known) return known
  const map = readCharacterMap(path).then(sparing, () => none)
  maps.set(path, map)
  return map
}

const none: CharacterMap = () => false

/** What a damaged file says about a character counts for nothing. */
const sparing =
  (has: CharacterMap): CharacterMap =>
  codePoint => {
    try {
      return has(codePoint)
    } catch {
      return false
    }
  }

const isFont = (name: string): boolean => /\.(ttf|otf|ttc|otc)$/i.test(name)

async function fontFiles(folder: string): Promise<string[]> {
  try {
    const names = await readdir(folder, { recursive: true })
    return names.filter(isFont).map(name => join(folder, name))
  } catch {
    return [] // a folder that is not there has no fonts
  }
}
