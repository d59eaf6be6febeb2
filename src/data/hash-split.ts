/** What a picture is for. */
export type SplitPart = 'train' | 'validation' | 'test'

/** A picture as far as dividing is concerned. */
export interface HashedExample {
  /** Of the file's content, in hexadecimal digits, at least eight. */
  readonly hash: string
  readonly label: number
  /** Where its owner has put it; null: nowhere. */
  readonly part: SplitPart | null
}

/** What share of the pictures each measuring part gets. */
export interface SplitShares {
  readonly validation: number
  readonly test: number
}

/**
 * Divides pictures by the hash of their content: the part of a picture does not depend on which others there are, so it stays when
 * pictures are added, and two files of the same content never lie on both sides. Each class is divided alike, up to chance; a class
 * of three pictures or more has at least one in every part that gets a share.
 *
 * Where parts are given they stay as they are, and what is missing is taken from the pictures for training.
 */
export function splitByHash(examples: readonly HashedExample[], shares: SplitShares): SplitPart[] {
  const given = new Set(examples.map(({ part }) => part))
  const carved: SplitShares = {
    test: given.has('test') ? 0 : shares.test,
    validation: given.has('validation') ? 0 : shares.validation,
  }
  const divided = examples.filter(isDivided)
  const parts = new Map(divided.map(({ hash }) => [hash, partOfHash(hash, carved)]))
  for (const hashes of hashesByClass(divided)) fillEmptyParts(hashes, parts, carved)
  return examples.map(example => (isDivided(example) ? parts.get(example.hash)! : example.part!))
}

const isDivided = ({ part }: HashedExample): boolean => part === null || part === 'train'

/** A number from 0 to below 1 that the content decides. */
const placeOfHash = (hash: string): number => Number.parseInt(hash.slice(0, 8), 16) / 2 ** 32

function partOfHash(hash: string, { test, validation }: SplitShares): SplitPart {
  const place = placeOfHash(hash)
  if (place < test) return 'test'
  return place < test + validation ? 'validation' : 'train'
}

/** The different hashes of each class, in their order. */
function hashesByClass(examples: readonly HashedExample[]): string[][] {
  const classes = new Map<number, Set<string>>()
  for (const { hash, label } of examples) {
    const hashes = classes.get(label) ?? new Set()
    classes.set(label, hashes.add(hash))
  }
  return [...classes.values()].map(hashes => [...hashes].sort())
}

/** Chance leaves parts of a small class empty: then the fullest part gives one. Training comes first. */
function fillEmptyParts(hashes: readonly string[], parts: Map<string, SplitPart>, shares: SplitShares): void {
  const inPart = (part: SplitPart) => hashes.filter(hash => parts.get(hash) === part)
  const measuring = (['test', 'validation'] as const).filter(part => shares[part] > 0)
  const wanted: readonly SplitPart[] = hashes.length < 3 ? ['train'] : ['train', ...measuring]
  for (const part of wanted) {
    if (inPart(part).length > 0) continue
    const fullest = allParts.map(inPart).reduce((most, other) => (other.length > most.length ? other : most))
    parts.set(fullest.at(-1)!, part)
  }
}

const allParts: readonly SplitPart[] = ['train', 'validation', 'test']
