import { OptionError } from './errors.js'
import { isRecord } from './record.js'

/** Levenshtein distance: the fewest single-letter edits that turn `a` into `b`. */
export function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, column) => column)
  for (let row = 1; row <= a.length; row++) {
    const current = [row]
    for (let column = 1; column <= b.length; column++) {
      const substitution = previous[column - 1]! + (a[row - 1] === b[column - 1] ? 0 : 1)
      current.push(Math.min(substitution, previous[column]! + 1, current[column - 1]! + 1))
    }
    previous = current
  }
  return previous[b.length]!
}

/** Letters and digits only, of any script, in lower case: what different spellings of one name have in common. */
export const plain = (name: string): string => name.toLowerCase().replace(/[^\p{L}\p{M}\p{N}]/gu, '')

/** The known name closest to `name`, letter case and separators aside; undefined when nothing is close. */
export function nearest(name: string, known: readonly string[]): string | undefined {
  if (plain(name) === '') return undefined // without letters all names would be alike
  const ranked = known
    .filter(candidate => plain(candidate) !== '')
    .map(candidate => ({ candidate, distance: editDistance(plain(name), plain(candidate)) }))
    .sort((a, b) => a.distance - b.distance)
  const best = ranked[0]
  if (!best || best.distance > Math.max(2, Math.floor(name.length / 3))) return undefined
  return best.distance < Math.max(name.length, best.candidate.length) ? best.candidate : undefined // else no letter is alike
}

/** The nearest name as advice, else all of them. */
function offer(name: string, known: readonly string[]): string {
  const close = nearest(name, known)
  return close === undefined ? `Known: ${known.join(', ')}.` : `Did you mean "${close}"?`
}

/** The error for a name nobody knows: it offers the nearest name, else lists them all, as for what is no text. */
export const unknownName = (kind: string, name: string, known: readonly string[]): OptionError =>
  typeof name === 'string'
    ? new OptionError(`Unknown ${kind} "${name}".`, offer(name, known))
    : new OptionError(
        `Unknown ${kind}: a name was expected, but ${JSON.stringify(name) ?? typeof name} came.`,
        `Known: ${known.join(', ')}.`,
      )

const noOptions = 'It has no options: leave it out.'

/** Throws for what is no object, and for an option nobody knows: a misspelt one would otherwise be ignored in silence. */
export function refuseUnknownOptions(who: string, given: object, known: readonly string[]): void {
  if (!isRecord(given))
    throw new OptionError(
      `${who}: the options must be an object, but ${JSON.stringify(given) ?? typeof given} came.`,
      known.length === 0 ? noOptions : `Known: ${known.join(', ')}.`,
    )
  const stranger = Object.keys(given).find(option => !known.includes(option))
  if (stranger !== undefined)
    throw new OptionError(
      `${who}: unknown option "${stranger}".`,
      known.length === 0 ? noOptions : offer(stranger, known),
    )
}
