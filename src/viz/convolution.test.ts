import { describe, expect, test } from 'vitest'
import { convolution } from '../explain/convolution.js'
import { convolutionExample } from '../explain/examples.js'
import { filters } from '../explain/named-filters.js'
import { drawConvolutionPath, drawConvolutionStep, drawConvolutionSteps } from './convolution.js'
import { textsIn } from './svg/texts.fixture.js'

const { input, kernel } = convolutionExample
const walk = convolution(convolutionExample)

/** A step computed here, from the cells themselves. */
function byHand(top: number, left: number) {
  const terms: string[] = []
  let sum = 0
  for (let r = 0; r < 3; r++)
    for (let s = 0; s < 3; s++) {
      const value = input[top + r]![left + s]!
      const weight = kernel[r]![s]!
      terms.push(`${weight}·${value}`)
      sum += weight * value
    }
  return { terms: terms.join(' + '), sum }
}

describe('one step', () => {
  const drawing = drawConvolutionStep(walk, { row: 0, column: 1 })
  const texts = textsIn(drawing.svg)

  test('shows the input, the filter, the output so far, and the products with their sum', async () => {
    const { terms, sum } = byHand(0, 1)
    expect(sum).toBe(-96)
    expect(texts.join(' ')).toContain(`${terms} = ${sum}`)
    for (const value of input.flat()) expect(texts).toContain(String(value))
    expect(texts).toContain('-74')
    // Step two: what the later steps make is not there yet.
    for (const later of ['-57', '138', '315', '189', '-43']) expect(texts).not.toContain(later)
    await expect(drawing.svg).toMatchFileSnapshot('goldens/convolution-step.svg')
  })

  test('lays the weights into the corners of the nine cells under the filter', () => {
    const corners = texts.filter(text => text.startsWith('×'))
    expect(corners).toEqual(kernel.flat().map(weight => `×${weight}`))
  })

  test('says it all in words', () => {
    expect(drawing.title).toBe('Convolution, step 2 of 9')
    expect(drawing.description).toBe(
      `A filter of 3×3 lies on an input of 5×5, its upper left corner at row 0, column 1. ${byHand(0, 1).terms} = -96.`,
    )
  })

  test('fits a phone, or stands in a row', () => {
    expect(drawing.width).toBeLessThanOrEqual(400)
    const row = drawConvolutionStep(walk, { row: 0, column: 1, arrange: 'row' })
    expect(row.width).toBeGreaterThan(drawing.width)
    expect(
      textsIn(row.svg)
        .sort()
        .filter(text => !text.includes('·')),
    ).toEqual([...texts].sort().filter(text => !text.includes('·')))
  })
})

test("the three steps are the tutorial's: -74, -96, -43", () => {
  const texts = textsIn(drawConvolutionSteps(walk).svg).join('\n')
  for (const [row, column, sum] of [
    [0, 0, -74],
    [0, 1, -96],
    [2, 2, -43],
  ] as const) {
    expect(byHand(row, column).sum).toBe(sum)
    expect(texts).toContain(`= ${sum}`)
  }
  const one = convolution({ input: [[3]], kernel: [[2]] })
  expect(textsIn(drawConvolutionSteps(one).svg).filter(text => text.startsWith('Step'))).toEqual([
    'Step 1 of 1: output row 0, column 0',
  ])
})

test('with same padding the margin is drawn as margin, dashed and with zeros', async () => {
  const same = convolution({ ...convolutionExample, padding: 'same', bias: -2.5 })
  const { svg } = drawConvolutionStep(same, { row: 4, column: 4 })
  expect(svg.match(/stroke-dasharray="3 3"/g)).toHaveLength(7 * 7 - 5 * 5)
  const sum = 5 * input[4][4] - input[3][4] - input[4][3] - 2.5
  expect(textsIn(svg).join(' ')).toContain(`+ (-2.5) (bias) = ${sum}`)
  await expect(svg).toMatchFileSnapshot('goldens/convolution-same.svg')
})

describe('colour', () => {
  const colours = input.map((row, i) => row.map((value, j) => [value, 255 - value, 10 * i + j]))
  const weights = [
    [
      [1, 0, 2],
      [0, -1, 0.5],
    ],
    [
      [-1, 1, 0],
      [2, 0, -3],
    ],
  ]
  const walk = convolution({ input: colours, kernel: weights, bias: 4.5 })
  const { svg, description } = drawConvolutionStep(walk, { row: 1, column: 2 })

  test('each channel has its plane, its kernel and its sum; all sums and the bias make the number', async () => {
    const sums = [0, 1, 2].map(c =>
      [0, 1].reduce(
        (sum, r) =>
          sum + [0, 1].reduce((part, s) => part + weights[r]![s]![c]! * colours[1 + r]![2 + s]![c]!, 0),
        0,
      ),
    ) as [number, number, number]
    const shown = sums.map((sum, i) => (sum < 0 && i > 0 ? `(${sum})` : `${sum}`))
    const texts = textsIn(svg)
    for (const [c, name] of ['red', 'green', 'blue'].entries()) {
      expect(texts).toContain(`Input, ${name}`)
      const products = [0, 1].flatMap(r =>
        [0, 1].map(s => `${weights[r]![s]![c]}·${colours[1 + r]![2 + s]![c]}`),
      )
      expect(description).toContain(`${name}: ${products.join(' + ')} = ${sums[c]}`)
    }
    const total = sums[0] + sums[1] + sums[2] + 4.5
    expect(texts).toContain(`all: ${shown.join(' + ')} + 4.5 (bias) = ${total}`)
    await expect(svg).toMatchFileSnapshot('goldens/convolution-colour.svg')
  })
})

describe('a large picture', () => {
  const large = Array.from({ length: 20 }, (_, row) =>
    Array.from({ length: 24 }, (_, column) => (row * 37 + column * 11) % 256),
  )
  const walk = convolution({ input: large, kernel: filters.edges.kernel })
  const drawing = drawConvolutionStep(walk, { row: 17, column: 21 })

  test('is seen whole, with a close-up of the cells around the filter', () => {
    const texts = textsIn(drawing.svg)
    const seen = [15, 16, 17, 18, 19].flatMap(row =>
      [19, 20, 21, 22, 23].map(column => String(large[row]![column])),
    )
    expect(texts.filter(text => /^\d+$/.test(text)).slice(0, 25)).toEqual(seen)
    expect(drawing.svg.match(/<image /g)).toHaveLength(2)
    expect(drawing.description).toContain(walk.outputTones.sentence)
    expect(drawing.width).toBeLessThanOrEqual(400)
  })

  test('and so is the way over it: its first and its last stop are numbered', () => {
    const { svg, description } = drawConvolutionPath(walk)
    expect(textsIn(svg)).toEqual(expect.arrayContaining(['1', '396']))
    expect(description).toBe(
      'The 3×3 filter goes from left to right, one cell at a time, then one row down: 22 stops in a row, 18 rows, 396 output cells.',
    )
  })
})

test('the way over the example has nine stops, and the output is filled in their order', async () => {
  const { svg } = drawConvolutionPath(walk)
  const texts = textsIn(svg)
  expect(texts.slice(1, 10)).toEqual(['1', '2', '3', '4', '5', '6', '7', '8', '9'])
  const output = [0, 1, 2].flatMap(row => [0, 1, 2].map(column => byHand(row, column).sum))
  expect(texts.slice(11, 29)).toEqual(output.flatMap((value, i) => [String(i + 1), String(value)]))
  await expect(svg).toMatchFileSnapshot('goldens/convolution-path.svg')
})

test('numbers that had to be shortened are not called equal', () => {
  const { description } = drawConvolutionStep(convolution({ input: [[1 / 3]], kernel: [[-0.25]] }))
  expect(description).toContain('-0.25·0.3333 ≈ -0.08333')
  const negative = drawConvolutionStep(convolution({ input: [[-2]], kernel: [[-3]] }))
  expect(negative.description).toContain('-3·(-2) = 6')
})
