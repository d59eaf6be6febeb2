import type { Rule } from '../../nn/options/rule.js'
import { oneOf } from '../../nn/options/rules.js'
import { fills } from './pictures.js'

const numberWithin = (
  expected: string,
  example: string,
  accept: (value: number) => boolean,
): Rule<number> => ({
  expected,
  example,
  read: value => (typeof value === 'number' && accept(value) ? value : undefined),
})

/** How likely something is. */
export const probability = numberWithin('a number of 0 … 1', '0.5', value => value >= 0 && value <= 1)
/** A share of a side, or of a range, that is not all of it. */
export const shareBelow1 = (example: string): Rule<number> =>
  numberWithin('at least 0 and below 1', example, value => value >= 0 && value < 1)
export const upTo = (most: number, example: string): Rule<number> =>
  numberWithin(`a number of 0 … ${most}`, example, value => value >= 0 && value <= most)
export const notNegative = (example: string): Rule<number> =>
  numberWithin('a number of at least 0', example, value => value >= 0 && Number.isFinite(value))
export const count = (example: string): Rule<number> =>
  numberWithin('a whole number of at least 0', example, value => Number.isSafeInteger(value) && value >= 0)
export const fill = oneOf(fills)
/** For what is covered: one number everywhere. */
export const constantFill = oneOf(['zero', 'black'] as const)
