import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Tensor } from '../base/tensor.js'
import { conv2d } from '../engine/ops/conv2d.js'
import { padFor } from '../engine/ops/window.js'
import { convolution } from './convolution.js'
import { convolutionExample } from './examples.js'
import { filterNamed, filters } from './named-filters.js'

const counting = (side: number) =>
  Array.from({ length: side }, (_, row) => Array.from({ length: side }, (_, column) => row * side + column))

const ones = (side: number) => Array.from({ length: side }, () => new Array<number>(side).fill(1))

test('one picture of a batch is a picture; several are not', () => {
  const batch = new Tensor(
    Uint8Array.from({ length: 32 }, (_, i) => i),
    [2, 4, 4, 1],
  )
  const kernel = ones(3)
  const { output } = convolution({ input: batch.slice(1, 2), kernel })
  expect(output).toEqual(
    convolution({ input: counting(4).map(row => row.map(cell => cell + 16)), kernel }).output,
  )
  expect(() => convolution({ input: batch, kernel })).toThrow(
    'convolution: the input should be [H, W] or [H, W, C] with at least one cell, but is 2×4×4×1.',
  )
})

describe('the built-in example', () => {
  const walk = convolution(convolutionExample)

  test("makes the tutorial's numbers in steps one, two and nine", () => {
    expect([walk.step(0, 0).sum, walk.step(0, 1).sum, walk.step(2, 2).sum]).toEqual([-74, -96, -43])
    expect(walk.step(2, 2).number).toBe(9)
  })

  test('is made of bytes, and what comes out goes below 0 and above 255', () => {
    const cells = convolutionExample.input.flat()
    expect(cells).toHaveLength(25)
    expect(cells.every(cell => Number.isInteger(cell) && cell >= 0 && cell <= 255)).toBe(true)
    expect(walk.output).toEqual([
      [-74, -96, -57],
      [138, -8, 315],
      [137, 189, -43],
    ])
  })

  test('a step shows every product, and they add up', () => {
    const { products, sums, bias, sum } = walk.step(0, 0)
    expect(products[0]!.map(({ value, weight }) => [value, weight])).toEqual([
      [62, 0],
      [58, -1],
      [64, 0],
      [56, -1],
      [30, 5],
      [26, -1],
      [70, 0],
      [84, -1],
      [72, 0],
    ])
    expect(products[0]!.map(({ product }) => product)).toEqual([0, -58, 0, -56, 150, -26, 0, -84, 0])
    expect([sums, bias, sum]).toEqual([[-74], 0, -74])
  })

  test('has tones to look at', () => {
    expect(walk.inputTones.shift).toBe(0)
    expect(walk.outputTones.sentence).toBe('Shifted by 96; 2 of 9 values above 255 were cut off.')
  })
})

describe("Keras' numbers (facts C5)", () => {
  test.each([
    [
      { input: counting(5), kernel: ones(2), strides: 1 },
      [
        [12, 16, 20, 24, 13],
        [32, 36, 40, 44, 23],
        [52, 56, 60, 64, 33],
        [72, 76, 80, 84, 43],
        [41, 43, 45, 47, 24],
      ],
    ],
    [
      { input: counting(5), kernel: ones(2), strides: 2 },
      [
        [12, 20, 13],
        [52, 60, 33],
        [41, 45, 24],
      ],
    ],
    [
      { input: counting(4), kernel: ones(3), strides: 2 },
      [
        [45, 39],
        [66, 50],
      ],
    ],
  ])('same padding, case %#', (options, output) => {
    expect(convolution({ ...options, padding: 'same' }).output).toEqual(output)
  })
})

const shapes = fc.record({
  H: fc.integer({ min: 1, max: 7 }),
  W: fc.integer({ min: 1, max: 7 }),
  C: fc.integer({ min: 1, max: 4 }),
  R: fc.integer({ min: 1, max: 4 }),
  S: fc.integer({ min: 1, max: 4 }),
  strides: fc.tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 3 })),
  padding: fc.constantFrom('same', 'valid'),
  bias: fc.integer({ min: -9, max: 9 }),
  seed: fc.integer({ min: 0, max: 1000 }),
})

test("every output and every step is what the engine's float64 reference says", () => {
  fc.assert(
    fc.property(shapes, ({ H, W, C, R, S, strides, padding, bias, seed }) => {
      fc.pre(padding === 'same' || (R <= H && S <= W))
      // Whole numbers: their sums are exact, in whatever order they are added.
      const numbers = (length: number, salt: number) =>
        Float64Array.from({ length }, (_, i) => (((seed + salt + i) * 7919) % 513) - 256)
      const x = new Tensor(numbers(H * W * C, 1), [H, W, C])
      const kernel = new Tensor(numbers(R * S * C, 5), [R, S, C])
      const window = { kernel: [R, S], strides, dilation: [1, 1] } as const
      const attributes = { ...window, pad: padFor([H, W], window, padding) }
      const inputShapes = [
        [1, H, W, C],
        [R, S, C, 1],
      ]
      const shape = conv2d.shape(attributes, inputShapes)
      const expected = [...conv2d.meaning(attributes, [x.data, kernel.data], inputShapes, shape)]
      const walk = convolution({ input: x, kernel, strides, padding, bias })
      expect([walk.output.length, walk.output[0]!.length]).toEqual(shape.slice(1, 3))
      expect(walk.output.flat()).toEqual(expected.map(value => value + bias))
      walk.output.forEach((cells, row) =>
        cells.forEach((sum, column) => {
          const step = walk.step(row, column)
          const added = step.sums.reduce((total, part) => total + part, 0) + step.bias
          const products = step.products.flat().reduce((total, { product }) => total + product, step.bias)
          expect([step.sum, added, products, step.number]).toEqual([
            sum,
            sum,
            sum,
            row * cells.length + column + 1,
          ])
        }),
      )
    }),
  )
})

test('a kernel without channels serves all of them', () => {
  const input = [[[1, 2, 3]]]
  const walk = convolution({ input, kernel: [[2]], bias: 5 })
  expect(walk.step(0, 0)).toMatchObject({ sums: [2, 4, 6], bias: 5, sum: 17 })
  expect(convolution({ input, kernel: [[[1, 0, -1]]] }).output).toEqual([[-2]])
})

test('one kernel for three channels: a third of a grey level each, so that a white picture stays white', () => {
  const white = Array.from({ length: 4 }, () => Array.from({ length: 4 }, () => [255, 255, 255]))
  const { output, outputTones } = convolution({ input: white, kernel: filters.sharpen.kernel })
  expect(output.flat()).toEqual([765, 765, 765, 765])
  expect([...outputTones.bytes]).toEqual([255, 255, 255, 255])
  const own = convolution({ input: white, kernel: [[[1, 1, 1]]] })
  expect(own.outputTones.shift).toBe(-510)
})

describe('says what does not fit', () => {
  const { input, kernel } = convolutionExample
  test.each([
    [
      () => convolution({ input: [[1, 2]], kernel }),
      'convolution: a kernel of 3×3 with padding "valid" does not fit an input of 1×2.\n  Use padding: "same", or a kernel of at most 1×2.',
    ],
    [
      () => convolution({ input: [[1, 2], [3]], kernel }),
      'convolution: the input has 2 numbers in its first row, but 1 in row 2.',
    ],
    [() => convolution({ input: [], kernel }), 'convolution: the input should be [H, W] or [H, W, C]'],
    [
      () => convolution({ input: [[1, Number.NaN]], kernel: [[1]] }),
      'convolution: the input should hold numbers, but has NaN in row 1.',
    ],
    [
      () => convolution({ input: [[[1, 2], [3]]], kernel: [[1]] }),
      'convolution: the input has 2 channels in its first cell, but 1 in row 1, column 2.',
    ],
    [
      () => convolution({ input: [[[1, 2, 3]]], kernel: [[[1, 2]]] }),
      'convolution: the kernel has 2 channels, but the input has 3.',
    ],
    [
      () => convolution({ input, kernel, strides: 0 }),
      'convolution: strides should be one or two whole numbers',
    ],
    [() => convolution({ input, kernel, bias: Number.NaN }), 'convolution: the bias should be a number'],
    [
      () => convolution({ input, kernel }).step(3, 0),
      'convolution: there is no output cell at row 3, column 0.\n  The output is 3×3: rows 0 to 2, columns 0 to 2.',
    ],
    [() => filterNamed('sharpn'), 'Unknown filter "sharpn".\n  Did you mean "sharpen"?'],
    [() => filterNamed('toString'), 'Unknown filter "toString".'],
  ])('case %#', (act, message) => expect(act).toThrow(message))
})

test('filters for edges see nothing in even areas; the others keep the brightness', () => {
  const sums = Object.fromEntries(
    Object.entries(filters).map(([name, { kernel }]) => [
      name,
      kernel.flat().reduce((sum: number, weight) => sum + weight, 0),
    ]),
  )
  expect(sums).toEqual({
    identity: 1,
    sharpen: 1,
    edges: 0,
    outline: 0,
    blur: 1,
    emboss: 1,
    'sobel-x': 0,
    'sobel-y': 0,
  })
})
