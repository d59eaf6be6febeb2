/** The value in the middle; between the two in the middle of an even number. NaN of none. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = (sorted.length - 1) / 2
  return (sorted[Math.floor(middle)]! + sorted[Math.ceil(middle)]!) / 2
}

export interface Spread {
  readonly median: number
  readonly min: number
  readonly max: number
}

/** Null of nothing. */
export const spread = (values: readonly number[]): Spread | null =>
  values.length === 0 ? null : { median: median(values), min: Math.min(...values), max: Math.max(...values) }

interface InRound {
  readonly round: number
  readonly imagesPerSecond: number
}

/** How many times as fast `ours` is as `theirs`, round by round: windows of one round saw the same machine. */
export const ratios = (ours: readonly InRound[], theirs: readonly InRound[]): number[] =>
  theirs.flatMap(({ round, imagesPerSecond }) =>
    ours.filter(window => window.round === round).map(window => window.imagesPerSecond / imagesPerSecond),
  )
