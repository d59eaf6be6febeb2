import { standardError } from './shares.js'

/** `631,658`: a whole number with thousands separators, as all our tables and messages write it. */
export const formatCount = (n: number): string => n.toLocaleString('en-US')

const UNITS = ['B', 'KB', 'MB', 'GB', 'TB', 'PB']

/** `2.41 MB`: two decimals, a unit being 1,024 of the one before, as Keras counts. */
export function formatBytes(bytes: number): string {
  const unit = Math.min(UNITS.length - 1, Math.max(0, Math.floor(Math.log2(bytes || 1) / 10)))
  return `${(bytes / 1024 ** unit).toFixed(2)} ${UNITS[unit]}`
}

/** A share as `69.5 %`; a share of nothing (0 / 0) as `–`. */
export const formatPercent = (share: number): string =>
  Number.isNaN(share) ? '–' : `${(100 * share).toFixed(1)} %`

/** A share of `count` things with its standard error: `69.5 % ± 0.5`. */
export const formatShare = (share: number, count: number): string =>
  `${formatPercent(share)} ± ${(100 * standardError(share, count)).toFixed(1)}`

/** `37.7 M`: a large count in millions, one decimal; below one million as it is. */
export const formatMillions = (n: number): string =>
  n < 1e6
    ? formatCount(n)
    : `${(n / 1e6).toLocaleString('en-US', { minimumFractionDigits: 1, maximumFractionDigits: 1 })} M`
