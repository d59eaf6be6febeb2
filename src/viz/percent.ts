/** A share as `69.5 %`; a share of nothing (0 / 0) as `–`. */
export const percent = (share: number): string =>
  Number.isNaN(share) ? '–' : `${(100 * share).toFixed(1)} %`

/** So many of `count` as `69.5 %`. */
export const percentOf = (part: number, count: number): string => percent(part / count)
