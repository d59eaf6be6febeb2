import { OptionError } from '../base/errors.js'

/** One whole number for both axes, or one for each, down and to the right. */
export type Pair = number | readonly [number, number]

/** @throws OptionError for what is not one or two whole numbers of at least 1 */
export function pairOf(who: string, value: Pair): readonly [number, number] {
  const pair = typeof value === 'number' ? ([value, value] as const) : value
  if (pair.length === 2 && pair.every(size => Number.isSafeInteger(size) && size >= 1)) return pair
  throw new OptionError(
    `${who} should be one or two whole numbers of at least 1, but came as ${JSON.stringify(value)}.`,
  )
}
