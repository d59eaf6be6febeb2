/** What was taken for what. */
export interface Confusion {
  readonly classNames: readonly string[]
  /** `[C, C]`: row = the class shown, column = the class it was taken for. */
  readonly counts: readonly (readonly number[])[]
}

/** A confusion matrix that is small enough to be read. */
export interface ReadableConfusion extends Confusion {
  /** Pictures of each class that is left, those taken for classes that are not included. */
  readonly pictures: readonly number[]
  /** Classes there were. */
  readonly of: number
}

/** The matrix of the `most` classes that are confused most often with any other; all where there are not more. */
export function mostConfused({ classNames, counts }: Confusion, most: number): ReadableConfusion {
  const mistakes = classNames.map(
    (_, label) => sum(counts[label]!) + sum(counts.map(row => row[label]!)) - 2 * counts[label]![label]!,
  )
  const kept = classNames
    .map((_, label) => label)
    .sort((a, b) => mistakes[b]! - mistakes[a]! || a - b)
    .slice(0, most)
    .sort((a, b) => a - b)
  return {
    classNames: kept.map(label => classNames[label]!),
    counts: kept.map(row => kept.map(column => counts[row]![column]!)),
    pictures: kept.map(row => sum(counts[row]!)),
    of: classNames.length,
  }
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)
