import type { PartName } from './listing.js'

const spellings: Readonly<Record<string, PartName>> = {
  train: 'train',
  training: 'train',
  val: 'validation',
  valid: 'validation',
  validation: 'validation',
  test: 'test',
  testing: 'test',
}

/** The words {@link partOf} knows. */
export const partSpellings: readonly string[] = Object.keys(spellings)

/** The part of a data set that a folder or a cell of a CSV file is named after, in any letter case; null for other names. */
export function partOf(name: string): PartName | null {
  const word = name.toLowerCase()
  return Object.hasOwn(spellings, word) ? spellings[word]! : null
}
