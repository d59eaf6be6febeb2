import { expect, test } from 'vitest'
import { Tensor } from '../base/tensor.js'
import { picturePixels } from './picture-pixels.js'

test('bytes stay, of two channels the first is shown', () => {
  const bytes = Uint8Array.of(1, 2, 3, 4, 5, 6)
  const colours = new Tensor(bytes, [1, 1, 2, 3]).scaled(1 / 255, -0.5)
  expect(picturePixels(colours)).toEqual({ width: 2, height: 1, channels: 3, data: bytes })
  expect(picturePixels(new Tensor(bytes, [1, 2, 3]))).toEqual(picturePixels(colours))
  expect(picturePixels(new Tensor(bytes, [1, 3, 1, 2]))).toEqual({
    width: 1,
    height: 3,
    channels: 1,
    data: Uint8Array.of(1, 3, 5),
  })
})

test('other numbers are stretched', () => {
  const floats = new Tensor(Float32Array.of(-1, 0, 1), [1, 1, 3, 1])
  expect(picturePixels(floats).data).toEqual(Uint8Array.of(0, 128, 255))
})
