import { parse } from 'node:path'
import { FileError } from '../../base/errors.js'
import { below } from './folder-access.js'
import { showName } from './show-name.js'

// Only * ? [ ] { } and the backslash in front of one of them mean something in a glob, as in a shell. The matcher gives
// a meaning to more characters, and its dot ends at a line break. So those stand for themselves under another code while
// it matches: the noncharacters that Unicode keeps for such use, which no name has.
const plainCharacters = [...'\\()|+@!$^"\n\r\u2028\u2029']
const firstCode = 0xfdd0
const codeOf = new Map(plainCharacters.map((character, i) => [character, String.fromCharCode(firstCode + i)]))
const coded = /[\ufdd0-\ufddd]/g

/** A name as the matcher gets it. */
export const encodeName = (name: string): string =>
  Array.from(name, character => codeOf.get(character) ?? character).join('')

export const decodeName = (name: string): string =>
  name.replace(coded, code => plainCharacters[code.charCodeAt(0) - firstCode]!)

/** A pattern as the matcher gets it: what is no wildcard is encoded as it is in names. */
export const encodePattern = (pattern: string): string =>
  pattern.replace(
    /\\(.)|(\[[!^])|([^\\[])|\\|\[/gsu,
    (all, escaped: string | undefined, negation: string | undefined) => {
      if (escaped !== undefined) return codeOf.get(escaped) ?? `\\${escaped}`
      return negation ?? codeOf.get(all) ?? all
    },
  )

const isWild = (segment: string): boolean => /(?<!\\)[*?[{]/.test(segment)
const unescaped = (segment: string): string => segment.replace(/\\(.)/gsu, '$1')

export interface GlobParts {
  /** The folder in which to look; empty for the current one. */
  readonly base: string
  /** What paths below it must match. */
  readonly pattern: string
}

/**
 * Parts a glob into the folder it starts from and the pattern below it. Names in front that exist as they are written are
 * no patterns, whatever they contain: `photos [2024]/*.jpg`.
 */
export async function splitGlob(
  glob: string,
  exists: (path: string) => Promise<boolean>,
): Promise<GlobParts> {
  const { root } = parse(glob)
  const segments = glob
    .slice(root.length)
    .split('/')
    .filter(segment => segment !== '')
  let base = root
  while (segments.length > 1) {
    const written = below(base, segments[0]!)
    if (!isWild(segments[0]!)) base = below(base, unescaped(segments[0]!))
    else if (await exists(written)) base = written
    else break
    segments.shift()
  }
  return { base, pattern: withRanges(glob, segments.join('/')) }
}

/** So many numbers a range may have: each becomes an alternative to be tried for every name. */
const longestRange = 1000

/** `{8..10}` as `{8,9,10}`, with zeros in front where the first number has some: the matcher knows single digits only. */
const withRanges = (glob: string, pattern: string): string =>
  pattern.replace(/(?<!\\)\{(\d+)\.\.(\d+)\}/g, (range, from: string, to: string) => {
    const [low, high] = [Number(from), Number(to)].sort((a, b) => a - b) as [number, number]
    if (high - low >= longestRange)
      throw new FileError(
        `${showName(glob)}: the range ${range} is too long.`,
        `It may have ${longestRange} numbers; * matches all of them.`,
      )
    const width = from.startsWith('0') ? from.length : 0
    const numbers = Array.from({ length: high - low + 1 }, (_, i) => String(low + i).padStart(width, '0'))
    return `{${numbers.join(',')}}`
  })
