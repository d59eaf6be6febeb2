import { expect, test } from 'vitest'
import { Tensor } from '../../../base/tensor.js'
import { normalization } from './normalization.js'

test('mean and population variance of each channel', () => {
  const x = new Tensor(Float32Array.of(0, 10, 2, 10, 4, 10, 6, 10), [2, 2, 1, 2])
  const { mean, variance } = normalization().adapt(x)
  expect(mean).toEqual(Float32Array.of(3, 10))
  // A channel that never changes is divided by 1e-7, as in Keras.
  expect(variance).toEqual(Float32Array.of(5, 1e-14))
})

test('takes no options of its own', () => {
  expect(() => normalization({ mean: 3 } as object)).toThrow('Normalization: unknown option "mean".')
})
