import { describe, expect, test } from 'vitest'
import { ShapeError } from '../../base/errors.js'
import { conv2d } from './conv2d.js'
import {
  depthwiseConv2d,
  depthwiseConv2dInputGradient,
  depthwiseConv2dKernelGradient,
} from './depthwise-conv2d.js'

const plain = {
  kernel: [2, 2],
  strides: [1, 1],
  dilation: [1, 1],
  pad: { top: 0, bottom: 0, left: 0, right: 0 },
} as const

/** Worked by hand: two channels, two kernels each. */
describe('a picture of 2×2 with channels 1 2 3 4 and 10 20 30 40, under kernels of 2×2', () => {
  const x = Float64Array.of(1, 10, 2, 20, 3, 30, 4, 40)
  // Kernels of channel 0: all 1, and the upper left cell alone; of channel 1: the lower right one alone, and all 1.
  const kernel = Float64Array.of(1, 1, 0, 1, 1, 0, 0, 1, 1, 0, 0, 1, 1, 0, 1, 1)
  const shapes = [
    [1, 2, 2, 2],
    [2, 2, 2, 2],
  ]

  test('channel c·D+d of the output is kernel d over channel c', () => {
    const output = depthwiseConv2d.shape(plain, shapes)
    expect(output).toEqual([1, 1, 1, 4])
    expect([...depthwiseConv2d.meaning(plain, [x, kernel], shapes, output)]).toEqual([10, 1, 40, 100])
  })

  test('an epilogue adds a bias for each of the output’s channels, then applies the activation', () => {
    const epilogue = { bias: true, activation: { kind: 'relu', alpha: 0 } } as const
    const bias = Float64Array.of(-20, 1, 2, -100)
    const attributes = { ...plain, epilogue }
    const output = depthwiseConv2d.shape(attributes, [...shapes, [4]])
    expect([...depthwiseConv2d.meaning(attributes, [x, kernel, bias], [...shapes, [4]], output)]).toEqual([
      0, 2, 42, 0,
    ])
  })

  test('what goes back to a channel is the sum over its kernels', () => {
    const attributes = { ...plain, inputShape: shapes[0]! }
    const dy = Float64Array.of(1, 2, 3, 4)
    const given = [[1, 1, 1, 4], shapes[1]!]
    expect(depthwiseConv2dInputGradient.shape(attributes, given)).toEqual([1, 2, 2, 2])
    expect([...depthwiseConv2dInputGradient.meaning(attributes, [dy, kernel], given, shapes[0]!)]).toEqual([
      3, 4, 1, 4, 1, 4, 1, 7,
    ])
  })

  test('each kernel gets its own channel’s cells', () => {
    const dy = Float64Array.of(1, 2, 3, 4)
    const given = [shapes[0]!, [1, 1, 1, 4]]
    expect(depthwiseConv2dKernelGradient.shape(plain, given)).toEqual([2, 2, 2, 2])
    expect([...depthwiseConv2dKernelGradient.meaning(plain, [x, dy], given, shapes[1]!)]).toEqual([
      1, 2, 30, 40, 2, 4, 60, 80, 3, 6, 90, 120, 4, 8, 120, 160,
    ])
  })
})

test('one channel with D kernels is a convolution with D filters', () => {
  const window = { ...plain, kernel: [3, 3], pad: { top: 1, bottom: 1, left: 1, right: 1 } } as const
  const shapes = [
    [2, 4, 5, 1],
    [3, 3, 1, 6],
  ]
  const inputs = [40, 54].map(length => Float64Array.from({ length }, (_, i) => ((i * 7) % 11) - 5))
  const output = depthwiseConv2d.shape(window, shapes)
  expect(output).toEqual(conv2d.shape(window, shapes))
  expect(depthwiseConv2d.meaning(window, inputs, shapes, output)).toEqual(
    conv2d.meaning(window, inputs, shapes, output),
  )
})

describe('what does not fit', () => {
  test('a kernel for other channels', () => {
    const shapes = [
      [1, 8, 8, 4],
      [2, 2, 3, 1],
    ]
    expect(() => depthwiseConv2d.shape(plain, shapes)).toThrow(
      new ShapeError('depthwiseConv2d: the kernel 2×2×3×1 is for 3 channels, but x 1×8×8×4 has 4.'),
    )
  })

  test('a dy whose channels are no multiple', () => {
    const shapes = [
      [1, 8, 8, 4],
      [1, 7, 7, 6],
    ]
    expect(() => depthwiseConv2dKernelGradient.shape(plain, shapes)).toThrow(
      new ShapeError(
        'depthwiseConv2dKernelGradient: dy 1×7×7×6 must have a multiple of the 4 channels of x 1×8×8×4.',
      ),
    )
  })

  test('a dy of another size, in both gradients', () => {
    const dy = [1, 5, 6, 4]
    expect(() =>
      depthwiseConv2dInputGradient.shape({ ...plain, inputShape: [1, 8, 8, 4] }, [dy, [2, 2, 4, 1]]),
    ).toThrow(new ShapeError('depthwiseConv2dInputGradient: dy must be 1×7×7×4, but 1×5×6×4 came.'))
    expect(() => depthwiseConv2dKernelGradient.shape(plain, [[1, 8, 8, 4], dy])).toThrow(
      new ShapeError('depthwiseConv2dKernelGradient: dy must be 1×7×7×4, but 1×5×6×4 came.'),
    )
  })

  test('a bias with a number for each channel of the input instead of the output', () => {
    const epilogue = { bias: true, activation: { kind: 'linear', alpha: 0 } } as const
    expect(() => depthwiseConv2d.shape({ ...plain, epilogue }, [[1, 8, 8, 4], [2, 2, 4, 3], [4]])).toThrow(
      new ShapeError('depthwiseConv2d: bias must be 12, but 4 came.'),
    )
  })
})
