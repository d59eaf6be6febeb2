import { describe, expect, test } from 'vitest'
import { ShapeError } from '../../base/errors.js'
import type { Epilogue } from './attributes.js'
import { conv2d, conv2dInputGradient, conv2dKernelGradient } from './conv2d.js'
import { type Padding, padFor } from './window.js'

/** One picture of `side`×`side` with the numbers 0, 1, 2, …, under a kernel of ones. */
function overOnes(side: number, kernel: number, stride: number, padding: Padding, epilogue?: Epilogue) {
  const sizes = { kernel: [kernel, kernel], strides: [stride, stride], dilation: [1, 1] } as const
  const window = { ...sizes, pad: padFor([side, side], sizes, padding), ...(epilogue && { epilogue }) }
  const shapes = [
    [1, side, side, 1],
    [kernel, kernel, 1, 1],
  ]
  const inputs = [
    Float64Array.from({ length: side * side }, (_, i) => i),
    new Float64Array(kernel * kernel).fill(1),
  ]
  if (epilogue?.bias) {
    shapes.push([1])
    inputs.push(Float64Array.of(-45))
  }
  const output = conv2d.shape(window, shapes)
  return { output, y: [...conv2d.meaning(window, inputs, shapes, output)] }
}

describe('Keras’ numbers (facts C5)', () => {
  test('5×5, kernel 2×2, same, stride 1', () => {
    const { output, y } = overOnes(5, 2, 1, 'same')
    expect(output).toEqual([1, 5, 5, 1])
    expect(y).toEqual([
      12, 16, 20, 24, 13, 32, 36, 40, 44, 23, 52, 56, 60, 64, 33, 72, 76, 80, 84, 43, 41, 43, 45, 47, 24,
    ])
  })

  test('5×5, kernel 2×2, same, stride 2', () => {
    expect(overOnes(5, 2, 2, 'same').y).toEqual([12, 20, 13, 52, 60, 33, 41, 45, 24])
  })

  test('4×4, kernel 3×3, same, stride 2: the odd cell of padding goes after', () => {
    expect(overOnes(4, 3, 2, 'same').y).toEqual([45, 39, 66, 50])
  })

  test('valid leaves the cells out that do not fit', () => {
    expect(overOnes(5, 2, 2, 'valid').y).toEqual([12, 20, 52, 60])
  })
})

test('an epilogue adds the bias first and then applies the activation', () => {
  const epilogue = { bias: true, activation: { kind: 'relu', alpha: 0 } } as const
  expect(overOnes(4, 3, 2, 'same', epilogue).y).toEqual([0, 0, 21, 5])
})

test('dilation spreads the kernel: two taps two cells apart', () => {
  const window = {
    kernel: [1, 2],
    strides: [1, 1],
    dilation: [1, 2],
    pad: { top: 0, bottom: 0, left: 0, right: 0 },
  } as const
  const shapes = [
    [1, 1, 5, 1],
    [1, 2, 1, 1],
  ]
  const output = conv2d.shape(window, shapes)
  expect(output).toEqual([1, 1, 3, 1])
  const inputs = [Float64Array.of(1, 2, 3, 4, 5), Float64Array.of(10, 1)]
  expect([...conv2d.meaning(window, inputs, shapes, output)]).toEqual([13, 24, 35])
})

describe('what does not fit', () => {
  const window = {
    kernel: [3, 3],
    strides: [1, 1],
    dilation: [1, 1],
    pad: { top: 0, bottom: 0, left: 0, right: 0 },
  } as const

  test('other channels', () => {
    const shapes = [
      [1, 8, 8, 4],
      [3, 3, 3, 16],
    ]
    expect(() => conv2d.shape(window, shapes)).toThrow(
      new ShapeError('conv2d: the kernel 3×3×3×16 takes 3 channels, but x 1×8×8×4 has 4.'),
    )
  })

  test('a missing axis', () => {
    const shapes = [
      [8, 8, 4],
      [3, 3, 4, 16],
    ]
    expect(() => conv2d.shape(window, shapes)).toThrow(
      new ShapeError('conv2d: x must be [N, H, W, C], but 8×8×4 came.'),
    )
  })

  test('a kernel larger than the picture', () => {
    const shapes = [
      [1, 2, 8, 4],
      [3, 3, 4, 16],
    ]
    expect(() => conv2d.shape(window, shapes)).toThrow('a window of 3×3 does not fit an input of 2×8')
  })

  test('a kernel of another size than the window', () => {
    const shapes = [
      [1, 8, 8, 4],
      [5, 5, 4, 16],
    ]
    expect(() => conv2d.shape(window, shapes)).toThrow('must be 3×3, but 5×5 came')
  })

  test('a dy of another size, in both gradients', () => {
    const dy = [1, 5, 6, 16]
    expect(() =>
      conv2dInputGradient.shape({ ...window, inputShape: [1, 8, 8, 4] }, [dy, [3, 3, 4, 16]]),
    ).toThrow(new ShapeError('conv2dInputGradient: dy must be 1×6×6×16, but 1×5×6×16 came.'))
    expect(() => conv2dKernelGradient.shape(window, [[1, 8, 8, 4], dy])).toThrow(
      new ShapeError('conv2dKernelGradient: dy must be 1×6×6×16, but 1×5×6×16 came.'),
    )
  })
})
