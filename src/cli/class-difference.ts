import { editDistance, plain } from '../base/nearest.js'

/** How the classes of some pictures differ from those that a model knows. */
export interface ClassDifference {
  /** Names that only the pictures have. */
  readonly strangers: readonly string[]
  /** Names that only the model has. */
  readonly missing: readonly string[]
  /** A stranger and a missing name that are probably the same, written in two ways. */
  readonly pairs: readonly ClassPair[]
}

export interface ClassPair {
  readonly stranger: string
  readonly missing: string
}

/** @param known the names that the model knows */
export function classDifference(known: readonly string[], given: readonly string[]): ClassDifference {
  const strangers = without(given, known)
  const missing = without(known, given)
  return { strangers, missing, pairs: pairsOf(strangers, missing) }
}

/** The names that have no counterpart on the other side, however it is written. */
export const unpaired = ({ strangers, missing, pairs }: ClassDifference) => ({
  strangers: without(
    strangers,
    pairs.map(pair => pair.stranger),
  ),
  missing: without(
    missing,
    pairs.map(pair => pair.missing),
  ),
})

function without(names: readonly string[], others: readonly string[]): string[] {
  const known = new Set(others)
  return names.filter(name => !known.has(name))
}

/** The most alike first; no name is in two pairs. */
function pairsOf(strangers: readonly string[], missing: readonly string[]): ClassPair[] {
  const candidates = strangers
    .flatMap(stranger =>
      missing.map(name => ({ stranger, missing: name, distance: spellingDistance(stranger, name) })),
    )
    .filter(({ distance }) => distance < Number.POSITIVE_INFINITY)
    .sort((a, b) => a.distance - b.distance)
  const paired = new Set<string>()
  const pairs: ClassPair[] = []
  for (const { stranger, missing: name } of candidates) {
    if (paired.has(stranger) || paired.has(name)) continue
    paired.add(stranger).add(name)
    pairs.push({ stranger, missing: name })
  }
  return pairs
}

/** Names of fewer letters are of different classes as soon as one differs. */
const shortest = 3

/**
 * 0: two names differ in letter case, spaces or signs only. 1, 2, …: a slip of the pen apart, which is a letter in four, or two letters
 * that changed places. Infinite: two names. `dog 1` and `dog 2` are two.
 */
function spellingDistance(a: string, b: string): number {
  const [one, other] = [plain(a), plain(b)]
  const letters = Math.min(one.length, other.length)
  if (letters === 0) return Number.POSITIVE_INFINITY
  if (one === other) return 0
  if (letters < shortest || numbersIn(one) !== numbersIn(other)) return Number.POSITIVE_INFINITY
  if (sorted(one) === sorted(other)) return 1
  const distance = editDistance(one, other)
  return distance <= Math.max(1, Math.floor(letters / 4)) ? distance : Number.POSITIVE_INFINITY
}

/** `1 12` of `dog01cat12` */
const numbersIn = (name: string): string => (name.match(/\d+/g) ?? []).map(Number).join(' ')

const sorted = (name: string): string => [...name].sort().join('')
