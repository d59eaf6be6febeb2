import { expect, test } from 'vitest'
import { flopOf } from './flop.js'

test('the second convolution of the tutorial: 37.749 million multiply-adds a picture, three times', () => {
  const x = [1, 32, 32, 64]
  const kernel = [3, 3, 64, 64]
  expect(flopOf('conv2d', [x, kernel], x)).toBe(2 * 37_748_736)
  expect(flopOf('conv2dInputGradient', [x, kernel], x)).toBe(2 * 37_748_736)
  expect(flopOf('conv2dKernelGradient', [x, x], kernel)).toBe(2 * 37_748_736)
})

test('a product counts the same whichever factor is transposed', () => {
  expect(
    flopOf(
      'matmul',
      [
        [8, 1024],
        [1024, 512],
      ],
      [8, 512],
    ),
  ).toBe(2 * 8 * 1024 * 512)
  expect(
    flopOf(
      'matmul',
      [
        [1024, 8],
        [512, 1024],
      ],
      [8, 512],
    ),
  ).toBe(2 * 8 * 1024 * 512)
})

test('a depthwise convolution takes one multiply-add for each number it makes and each cell of its window', () => {
  const [x, y, kernel] = [
    [2, 32, 32, 64],
    [2, 16, 16, 128],
    [3, 5, 64, 2],
  ]
  expect(flopOf('depthwiseConv2d', [x!, kernel!], y!)).toBe(2 * 2 * 16 * 16 * 128 * 15)
  expect(flopOf('depthwiseConv2dInputGradient', [y!, kernel!], x!)).toBe(2 * 2 * 16 * 16 * 128 * 15)
  expect(flopOf('depthwiseConv2dKernelGradient', [x!, y!], kernel!)).toBe(2 * 2 * 16 * 16 * 128 * 15)
})
