import fc from 'fast-check'
import { expect, test } from 'vitest'
import { poolingExample } from './examples.js'
import { pooling } from './pooling.js'

const planeOf = (steps: ReturnType<typeof pooling>, kind: string) =>
  steps.pooled.find(pooled => pooled.kind === kind)!.planes[0]

test('the built-in cells, by hand', () => {
  const steps = pooling({ input: poolingExample })
  expect(steps.outputSize).toEqual([2, 2])
  expect(planeOf(steps, 'max')).toEqual([
    [96, 182],
    [67, 203],
  ])
  expect(planeOf(steps, 'average')).toEqual([
    [65.5, 119],
    [37, 175.5],
  ])
  expect(planeOf(steps, 'min')).toEqual([
    [31, 75],
    [12, 141],
  ])
  expect(steps.winner('max', 0, 1)).toEqual({ row: 1, column: 2 })
  expect(steps.winner('min', 1, 0)).toEqual({ row: 2, column: 0 })
})

test("the window right of the first holds the tutorial's numbers", () => {
  const cells = [0, 1].flatMap(row => [2, 3].map(column => poolingExample[row]![column]!))
  expect(cells).toEqual([114, 105, 182, 75])
})

test("Keras' numbers for same padding (facts C5): padding is not counted and never wins", () => {
  const counting = Array.from({ length: 5 }, (_, row) =>
    Array.from({ length: 5 }, (_, column) => 5 * row + column),
  )
  expect(planeOf(pooling({ input: counting, padding: 'same' }), 'average')!.flat()).toEqual([
    3, 5, 6.5, 13, 15, 16.5, 20.5, 22.5, 24,
  ])
  expect(planeOf(pooling({ input: counting }), 'max')!.flat()).toEqual([6, 8, 16, 18])
})

test('the winner is a cell of the window that holds the result, the first of equals', () => {
  const options = fc.record({
    side: fc.integer({ min: 2, max: 6 }),
    window: fc.integer({ min: 1, max: 3 }),
    strides: fc.integer({ min: 1, max: 3 }),
    padding: fc.constantFrom('same', 'valid'),
    seed: fc.integer({ min: 0, max: 99 }),
  })
  fc.assert(
    fc.property(options, ({ side, window, strides, padding, seed }) => {
      fc.pre(padding === 'same' || window <= side)
      const input = Array.from({ length: side }, (_, row) =>
        Array.from({ length: side }, (_, column) => ((seed + row * side + column) * 31) % 7),
      )
      const steps = pooling({ input, window, strides, padding })
      for (const kind of ['max', 'min'] as const)
        planeOf(steps, kind)!.forEach((cells, row) =>
          cells.forEach((value, column) => {
            const winner = steps.winner(kind, row, column)
            expect(input[winner.row]![winner.column]).toBe(value)
            const inside = (at: number, start: number) => at >= start && at < start + window
            expect(inside(winner.row, row * strides - steps.pad.top)).toBe(true)
            expect(inside(winner.column, column * strides - steps.pad.left)).toBe(true)
          }),
        )
    }),
  )
})

test('channels are pooled each for itself', () => {
  const steps = pooling({
    input: [
      [
        [1, 8],
        [2, 7],
      ],
      [
        [3, 6],
        [4, 5],
      ],
    ],
  })
  expect(steps.pooled[0]!.planes).toEqual([[[4]], [[8]]])
  expect([...steps.pooled[0]!.tones.bytes]).toEqual([4, 8])
})

test('says which window does not fit', () => {
  expect(() => pooling({ input: poolingExample, window: 5 })).toThrow(
    'pooling: a window of 5×5 does not fit an input of 4×4.\n  Use padding: "same", or a window of at most 4×4.',
  )
})
