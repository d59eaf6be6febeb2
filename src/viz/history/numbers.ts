/** `70.4 %` */
export const percent = (share: number): string => `${(100 * share).toFixed(1)} %`

/** At an axis: `70 %`, `72.5 %`. */
export const shortPercent = (share: number): string => `${Number((100 * share).toFixed(2))} %`

/** `0.712`, `1.31`, `12.4`: three digits that count. */
export const lossText = (loss: number): string => String(Number(loss.toPrecision(3)))

/** A share with its standard error, where that is known: `70.4 % ± 0.5`. */
export const percentWithError = (share: number, error: number | null | undefined): string =>
  error === null || error === undefined ? percent(share) : `${percent(share)} ± ${(100 * error).toFixed(1)}`
