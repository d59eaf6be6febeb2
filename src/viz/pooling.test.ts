import { expect, test } from 'vitest'
import { poolingExample } from '../explain/examples.js'
import { pooling } from '../explain/pooling.js'
import { drawPooledPictures, drawPooling } from './pooling.js'
import { textsIn } from './svg/texts.fixture.js'

/** The four cells of a window of the example. */
const windowAt = (row: number, column: number): number[] =>
  [0, 1].flatMap(r => [0, 1].map(s => poolingExample[2 * row + r]![2 * column + s]!))

test('cells, windows and the three results', async () => {
  const { svg, description } = drawPooling(pooling({ input: poolingExample }))
  const windows = [windowAt(0, 0), windowAt(0, 1), windowAt(1, 0), windowAt(1, 1)]
  const mean = (cells: number[]) => cells.reduce((sum, cell) => sum + cell, 0) / cells.length
  const expected = [
    ...['max', ...windows.map(cells => Math.max(...cells))],
    ...['average', ...windows.map(mean)],
    ...['min', ...windows.map(cells => Math.min(...cells))],
  ].map(String)
  const texts = textsIn(svg)
  expect(texts.slice(1, 17)).toEqual(poolingExample.flat().map(String))
  expect(texts.slice(17, 32)).toEqual(expected)
  expect(description).toContain('4×4 → 2×2: a quarter of the numbers.')
  expect(description).toContain('max: 96 182; 67 203.')
  // One ▲ and one ▼ in each of the four windows.
  expect(svg.match(/<path /g)).toHaveLength(8)
  await expect(svg).toMatchFileSnapshot('goldens/pooling.svg')
})

test('sizes are said in words or in percent, and so are strides', () => {
  const sentence = (options: Parameters<typeof pooling>[0]) => drawPooling(pooling(options)).description
  const input = Array.from({ length: 6 }, () => [1, 2, 3, 4, 5, 6])
  expect(sentence({ input, window: 3 })).toContain(
    '6×6 → 2×2: 1 in 9 of the numbers. 3×3 windows that do not',
  )
  expect(sentence({ input, window: 3, strides: 1 })).toContain('6×6 → 4×4: 44.4 % of the numbers.')
  expect(sentence({ input, window: 3, strides: 1 })).toContain('windows that move by one cell.')
  expect(sentence({ input, window: 1, strides: 1 })).toContain('as many numbers')
})

test('windows in the margin and between the windows are drawn without fault', async () => {
  const input = Array.from({ length: 5 }, (_, row) => [0, 1, 2, 3, 4].map(column => row * 5 + column))
  const same = drawPooling(pooling({ input, padding: 'same' }), { arrange: 'row' })
  expect(textsIn(same.svg)).toEqual(expect.arrayContaining(['6.5', '16.5', '22.5']))
  const apart = drawPooling(pooling({ input, window: 1, strides: 2 }))
  // Nine windows of one cell: it is the largest and the smallest.
  expect(apart.svg.match(/<path /g)).toHaveLength(18)
  await expect(same.svg).toMatchFileSnapshot('goldens/pooling-same.svg')
})

test('a real map: the input and three smaller pictures, and what was done with numbers that are no bytes', () => {
  const input = Array.from({ length: 12 }, (_, row) =>
    Array.from({ length: 12 }, (_, column) => row * column - 30),
  )
  const steps = pooling({ input })
  const { svg, description } = drawPooledPictures(steps)
  expect(svg.match(/<image /g)).toHaveLength(4)
  expect(textsIn(svg)).toEqual(expect.arrayContaining(['Input 12×12', 'max 6×6', 'average 6×6', 'min 6×6']))
  expect(description).toContain(`Input: ${steps.inputTones.sentence}`)
  expect(steps.inputTones.shift).toBe(30)
})
