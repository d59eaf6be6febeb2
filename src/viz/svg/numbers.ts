/** A number for a cell: whole numbers as they are, others with four digits. */
export const shortNumber = (value: number): string =>
  Number.isInteger(value) && Math.abs(value) < 1e6 ? String(value + 0) : String(Number(value.toPrecision(4)))

/** True where a cell shows less than the whole number. */
const isShortened = (value: number): boolean => Number(shortNumber(value)) !== value

/** `=`, or `≈` where something before or behind it was shortened. */
export const equals = (...values: readonly number[]): string => (values.some(isShortened) ? '≈' : '=')

/** A number as a factor or term: negative ones in brackets. */
export const bracketed = (value: number): string =>
  value < 0 ? `(${shortNumber(value)})` : shortNumber(value)
