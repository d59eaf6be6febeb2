/** A share that was counted, as 0 … 1, and how far it would typically move on another such sample. */
export interface Share {
  /** NaN when nothing was counted. */
  readonly value: number
  readonly standardError: number
}

/**
 * Standard error of a share that was counted on `count` things: √(p·(1-p)/n), that of a binomial share. It says how far
 * the share would typically move on another such test set. NaN when nothing was counted.
 */
export const standardError = (share: number, count: number): number =>
  Math.sqrt((share * (1 - share)) / count)

/** So many of `count` things. */
export const shareOf = (part: number, count: number): Share => ({
  value: part / count,
  standardError: standardError(part / count, count),
})
