import { expect, test } from 'vitest'
import { ShapeError } from '../../../base/errors.js'
import { sequential } from '../../network.js'
import { layerNormalization } from '../index.js'

const build = (axis: number | readonly number[], inputShape: readonly number[]) =>
  sequential([layerNormalization({ axis, inputShape })])

test.each([
  [-1],
  [3],
  [[3]],
  [[2, 3]],
  [[-1, -2]],
  [[-1, 1, 2]],
])('axis %j names the last axes of a picture', axis => {
  expect(build(axis, [4, 5, 6]).outputShape).toEqual([4, 5, 6])
})

test.each([1, [1, 2], [1, 3], [0, 1, 2, 3], 4, -4, [-1, 3]])('axis %j does not', axis => {
  const text = typeof axis === 'number' ? axis : `[${axis.join(', ')}]`
  expect(() => build(axis, [4, 5, 6])).toThrow(
    new ShapeError(
      `LayerNormalization normalises the last axes of a sample, but axis is ${text} of an input of 4×5×6, whose axes are 1 to 3.\n  Use axis: -1 for the last one, [-2, -1] for the last two.`,
      'The sizes so far: 4×5×6.',
    ),
  )
})

test('a row of numbers has one axis only', () => {
  expect(() => build([1, 2], [7])).toThrow(
    'but axis is [1, 2] of an input of 7, whose axes are 1 to 1.\n  Use axis: -1 for the last one.',
  )
})

test('a single number would always be beta', () => {
  expect(() => build(-1, [8, 8, 1])).toThrow(
    new ShapeError(
      'LayerNormalization: axis -1 of an input of 8×8×1 holds a single number, which is its own mean: all that would remain is beta.\n  Normalise more axes, or leave the layer out.',
      'The sizes so far: 8×8×1.',
    ),
  )
  expect(build([1, 2, 3], [8, 8, 1]).outputShape).toEqual([8, 8, 1])
})

test.each([[[]], [[1, 1]], [0.5], ['last'], [null]])('axis %j is no list of axes', axis => {
  expect(() => layerNormalization({ axis: axis as number })).toThrow(
    'LayerNormalization: axis must be an integer, or a list of different integers',
  )
})
