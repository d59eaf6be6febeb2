import { expect, test } from 'vitest'
import { ShapeError } from '../../base/errors.js'
import type { Shape } from '../../base/shape.js'
import type { OpAttributes, OpName } from './attributes.js'
import { ops } from './table.js'

/** Shapes that do not fit, and what is said. */
function refuses<N extends OpName>(
  op: N,
  attributes: OpAttributes[N],
  shapes: readonly Shape[],
  message: string,
) {
  expect(() => ops[op].shape(attributes, shapes)).toThrow(new ShapeError(message))
}

test('every message says who, what was expected and what came', () => {
  refuses(
    'add',
    {},
    [
      [2, 3],
      [3, 2],
    ],
    'add: b must be 2×3, but 3×2 came.',
  )
  refuses('multiply', {}, [[2, 3], [6]], 'multiply: b must be 2×3, but 6 came.')
  refuses('biasAdd', {}, [[2, 3], [2]], 'biasAdd: bias must be 3, but 2 came.')
  refuses('softmax', {}, [[]], 'softmax: x must have at least one axis, but a scalar came.')
  refuses('reshape', { shape: [5, 5] }, [[4, 6]], 'reshape: 5×5 holds 25 numbers, but 4×6 has 24.')
  refuses('spread', { shape: [5], factor: 1 }, [[2]], 'spread: dy must be 1, but 2 came.')
  refuses('dropout', { rate: 0.5, salt: 0 }, [[2], [3]], 'dropout: state must be 2, but 3 came.')
  refuses(
    'activationGradient',
    { kind: 'relu', alpha: 0 },
    [[2], [3]],
    'activationGradient: z must be 2, but 3 came.',
  )
})

test('no op takes more or fewer inputs than it has names for', () => {
  refuses('mean', {}, [], 'mean: the inputs must be (x), but 0 came.')
  refuses('scale', { factor: 2 }, [[1], [1]], 'scale: the inputs must be (x), but 2 came.')
})
