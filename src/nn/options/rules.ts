import { nearest } from '../../base/nearest.js'
import type { Shape } from '../../base/shape.js'
import type { Padding } from '../../engine/ops/window.js'
import { knownName } from '../names.js'
import type { Rule } from './rule.js'

export type Pair = readonly [number, number]

const isPositiveInteger = (value: unknown): value is number =>
  Number.isSafeInteger(value) && Number(value) > 0
const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) >= 0
const isPairOf = (value: unknown, test: (item: unknown) => boolean): value is Pair =>
  Array.isArray(value) && value.length === 2 && value.every(test)

/** A number that passes `test`. */
const number = (expected: string, example: string, test: (value: number) => boolean): Rule<number> => ({
  expected,
  example,
  read: value => (typeof value === 'number' && Number.isFinite(value) && test(value) ? value : undefined),
})

export const positiveInteger = (example: string): Rule<number> =>
  number('a positive integer', example, isPositiveInteger)
export const positiveNumber = (example: string): Rule<number> =>
  number('a positive number', example, value => value > 0)
export const atLeastZero = (example: string): Rule<number> =>
  number('a number of at least 0', example, value => value >= 0)
export const integer = (example: string): Rule<number> => number('an integer', example, Number.isSafeInteger)

/** A share below one. */
export const rate: Rule<number> = number('at least 0 and below 1', '0.25', value => value >= 0 && value < 1)

export const boolean: Rule<boolean> = {
  expected: 'true or false',
  example: 'true',
  read: value => (typeof value === 'boolean' ? value : undefined),
}

/** One number for both picture axes, or one for each: `3` and `[3, 3]` are the same. */
export const pair: Rule<Pair> = {
  expected: 'a positive integer, or two of them: [vertical, horizontal]',
  example: '[3, 3]',
  read: value => {
    if (isPositiveInteger(value)) return [value, value]
    return isPairOf(value, isPositiveInteger) ? [value[0], value[1]] : undefined
  },
}

/** One of several names; other spellings of a name are understood, and for unknown ones the nearest is offered. */
export function oneOf<N extends string>(names: readonly N[]): Rule<N> {
  return {
    expected: `one of ${names.map(name => `"${name}"`).join(', ')}`,
    example: `'${names[0]}'`,
    read: value => knownName(value, names),
    advise: value => adviseNearest(value, names),
  }
}

/** `Did you mean "same"?`, where a name comes close. */
export function adviseNearest(value: unknown, names: readonly string[]): string | undefined {
  const close = typeof value === 'string' ? nearest(value, names) : undefined
  return close && `Did you mean "${close}"?`
}

export const padding: Rule<Padding> = oneOf(['valid', 'same'])

/** The shape of one sample, without the batch axis. */
export const shape: Rule<Shape> = {
  expected: 'a list of positive integers, without the batch axis',
  example: '[32, 32, 3]',
  read: value =>
    Array.isArray(value) && value.length > 0 && value.every(isPositiveInteger) ? value : undefined,
}

/** A shape in which one length may be -1: whatever is left. */
export const openShape: Rule<Shape> = {
  expected: 'a list of positive integers, one of which may be -1 (what is left)',
  example: '[8, 8, -1]',
  read: value => {
    if (!Array.isArray(value) || value.length === 0) return undefined
    const known = value.filter(isPositiveInteger)
    const open = value.filter(length => length === -1)
    return open.length <= 1 && known.length + open.length === value.length ? value : undefined
  },
}

/** A layer's own name. It becomes part of `layer/weight`, so it holds no slash. */
export const layerName: Rule<string> = {
  expected: 'a text without "/"',
  example: "'stem'",
  read: value => (typeof value === 'string' && /^[^/]+$/.test(value) ? value : undefined),
}

/** Rows and columns to add: `1`, `[vertical, horizontal]` or `[[top, bottom], [left, right]]`. */
export const borders: Rule<readonly [Pair, Pair]> = {
  expected: 'a count, [vertical, horizontal] or [[top, bottom], [left, right]]',
  example: '[[1, 0], [1, 0]]',
  read: value => {
    const [vertical, horizontal] = Array.isArray(value) && value.length === 2 ? value : [value, value]
    const rows = twoCounts(vertical)
    const columns = twoCounts(horizontal)
    return rows && columns ? [rows, columns] : undefined
  },
}

function twoCounts(value: unknown): Pair | undefined {
  if (isCount(value)) return [value, value]
  return isPairOf(value, isCount) ? [value[0], value[1]] : undefined
}
