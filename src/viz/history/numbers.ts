import { formatPercent } from '../../base/format.js'

/** At an axis: `70 %`, `72.5 %`. */
export const shortPercent = (share: number): string => `${Number((100 * share).toFixed(2))} %`

/** `0.712`, `1.31`, `12.4`, `0.0064`: three digits that count, two of small numbers, so that labels stay short. */
export function lossText(loss: number): string {
  if (loss !== 0 && Math.abs(loss) < 1e-4) return loss.toExponential(0)
  return String(Number(loss.toPrecision(Math.abs(loss) < 0.01 ? 2 : 3)))
}

/** A share with its standard error, where that is known: `70.4 % ± 0.5`. */
export const percentWithError = (share: number, error: number | null | undefined): string =>
  error === null || error === undefined
    ? formatPercent(share)
    : `${formatPercent(share)} ± ${(100 * error).toFixed(1)}`
