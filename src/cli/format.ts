import { formatPercent } from '../base/format.js'
import { standardError } from '../explain/shares.js'

export { formatPercent } from '../base/format.js'

/** A share of `count` things with its standard error: `69.5 % ± 0.5`. */
export const formatShare = (share: number, count: number): string =>
  `${formatPercent(share)} ± ${(100 * standardError(share, count)).toFixed(1)}`
