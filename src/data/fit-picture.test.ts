import { expect, test } from 'vitest'
import { Tensor } from '../base/tensor.js'
import { fitPicture } from './fit-picture.js'
import { resizePicture } from './resize.js'

/** One row of four grey pixels. */
const wide = new Tensor(Uint8Array.of(10, 20, 30, 40), [1, 4, 1])

test('crop keeps the middle', () => {
  expect([...fitPicture(wide, 1, 2, 'crop').data]).toEqual([20, 30])
  expect([...fitPicture(wide, 1, 1, 'crop').data]).toEqual([20])
})

test('pad keeps the whole, on black', () => {
  const { data, shape } = fitPicture(wide, 4, 4, 'pad')
  expect(shape).toEqual([4, 4, 1])
  expect([...data]).toEqual([0, 0, 0, 0, ...wide.data, ...new Array<number>(8).fill(0)])
})

test('stretch is a mere resize', () => {
  expect(fitPicture(wide, 2, 2, 'stretch')).toEqual(resizePicture(wide, 2, 2))
})

test.each(['crop', 'pad', 'stretch'] as const)('%s: a single pixel becomes any size', fit => {
  const { data, shape } = fitPicture(new Tensor(Uint8Array.of(7, 8, 9), [1, 1, 3]), 2, 2, fit)
  expect(shape).toEqual([2, 2, 3])
  expect([...data]).toEqual([7, 8, 9, 7, 8, 9, 7, 8, 9, 7, 8, 9])
})
