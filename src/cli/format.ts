import { standardError } from '../explain/shares.js'
import { percent } from '../viz/percent.js'

export { percent as formatPercent } from '../viz/percent.js'

/** A share of `count` things with its standard error: `69.5 % ± 0.5`. */
export const formatShare = (share: number, count: number): string =>
  `${percent(share)} ± ${(100 * standardError(share, count)).toFixed(1)}`
