import { formatPercent } from '../../base/format.js'

/** `0.712`, `1.31`, `12.4`, `0.0042`, `2.1e-5`: three digits that count, as people say a loss. */
export function say(value: number | undefined): string {
  if (value === undefined || Number.isNaN(value)) return 'not known'
  const size = Math.abs(value)
  if (size !== 0 && (size < 1e-4 || size >= 1e5)) return value.toExponential(1).replace('e+', 'e')
  return String(Number(value.toPrecision(3)))
}

/** `70.4 % ± 0.5`, the error left out where it is not known. */
export const percentWithError = (share: number, error: number | null): string =>
  error === null ? formatPercent(share) : `${formatPercent(share)} ± ${(100 * error).toFixed(1)}`

/** Epochs are counted from 1 for people. */
export const nth = (epoch: number): number => epoch + 1

/** `1 epoch`, `5 epochs` */
export const counted = (n: number, thing: string): string => `${n} ${thing}${n === 1 ? '' : 's'}`
