import { expect, test } from 'vitest'
import { OptionError, ShapeError } from '../../../base/errors.js'
import { sequential } from '../../network.js'
import { groupNormalization } from '../index.js'

const build = (groups: number | undefined, inputShape: readonly number[]) =>
  sequential([groupNormalization({ ...(groups !== undefined && { groups }), inputShape })])

test('groups must divide the channels', () => {
  expect(() => build(undefined, [8, 8, 48])).toThrow(
    new ShapeError(
      'GroupNormalization cuts the channels into 32 groups of one size, but 48 channels came.\n  Use groups: 24, or another divisor of 48.',
      'The sizes so far: 8×8×48.',
    ),
  )
  expect(() => build(undefined, [8, 8, 13])).toThrow('Use groups: 13, or another divisor of 13.')
  expect(() => build(5, [8, 8, 13])).toThrow('Use groups: 1, or another divisor of 13.')
})

test('a group of a single number would always be beta', () => {
  const message =
    'GroupNormalization: an input of 1×1×16 in 16 groups leaves each a single number, which is its own mean: all that would remain is beta.\n  Use fewer groups, or leave the layer out.'
  expect(() => build(16, [1, 1, 16])).toThrow(new ShapeError(message, 'The sizes so far: 1×1×16.'))
  expect(() => build(-1, [10])).toThrow(ShapeError)
  expect(build(8, [1, 1, 16]).outputShape).toEqual([1, 1, 16])
  expect(build(-1, [1, 2, 16]).outputShape).toEqual([1, 2, 16])
})

test.each([0, -2, 1.5, '4', null])('groups %s is refused', groups => {
  expect(() => groupNormalization({ groups: groups as number })).toThrow(OptionError)
  expect(() => groupNormalization({ groups: groups as number })).toThrow(
    'GroupNormalization: groups must be a positive integer, or -1 for a group of each channel',
  )
})
