import { standardError } from './share.js'

/** A share as `69.5 %`; a share of nothing (0 / 0) as `–`. */
export const formatPercent = (share: number): string =>
  Number.isNaN(share) ? '–' : `${(100 * share).toFixed(1)} %`

/** A share of `count` things with its standard error: `69.5 % ± 0.5`. */
export const formatShare = (share: number, count: number): string =>
  `${formatPercent(share)} ± ${(100 * standardError(share, count)).toFixed(1)}`
