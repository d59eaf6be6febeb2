/**
 * Standard error of a share that was counted on `count` things: √(p·(1-p)/n), that of a binomial share. It says how far
 * the share would typically move on another such test set. NaN when nothing was counted.
 */
export const standardError = (share: number, count: number): number =>
  Math.sqrt((share * (1 - share)) / count)

/** How one class fared. */
export interface ClassResult {
  readonly className: string
  /** Pictures that show this class. */
  readonly pictures: number
  /** Those of them that were recognised. */
  readonly right: number
  /** Pictures that were taken for this class. */
  readonly predicted: number
}

/**
 * What came of each class.
 *
 * @param labels `[N]`, the class each picture shows
 * @param answers `[N]`, the class each was taken for
 */
export function countByClass(
  labels: ArrayLike<number>,
  answers: ArrayLike<number>,
  classNames: readonly string[],
): ClassResult[] {
  const counts = classNames.map(className => ({ className, pictures: 0, right: 0, predicted: 0 }))
  for (let row = 0; row < labels.length; row++) {
    const shown = counts[labels[row]!]!
    shown.pictures++
    if (labels[row] === answers[row]) shown.right++
    counts[answers[row]!]!.predicted++
  }
  return counts
}
