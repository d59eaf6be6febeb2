import { expect, test } from 'vitest'
import { drawConfusionMatrix } from './confusion-matrix.js'
import { textWidth } from './svg/text.js'

const three = {
  classNames: ['cat', 'dog', 'frog & toad'],
  counts: [
    [30, 8, 2],
    [15, 24, 1],
    [0, 3, 17],
  ],
}

/** So many classes; each is taken for the next one as often as its number says. */
const ring = (classes: number) => ({
  classNames: Array.from({ length: classes }, (_, i) => `class ${i}`),
  counts: Array.from({ length: classes }, (_, r) =>
    Array.from({ length: classes }, (_, c) => (r === c ? 100 : c === (r + 1) % classes ? r : 0)),
  ),
})

/** The texts of a drawing with where they stand. */
const textsOf = (svg: string) =>
  [...svg.matchAll(/<text x="([\d.]+)" y="([\d.]+)"[^>]*>([^<]*)<\/text>/g)].map(([, x, y, text]) => ({
    x: Number(x),
    y: Number(y),
    text: text!,
  }))

/** The numbers of the cells, row by row: those inside the moved group. */
function numbersOf(svg: string, classes: number): string[][] {
  const inside = svg.slice(svg.indexOf('<g transform'))
  const texts = textsOf(inside.slice(0, inside.indexOf('</g>'))).map(({ text }) => text)
  return Array.from({ length: classes }, (_, row) => texts.slice(row * classes, (row + 1) * classes))
}

/** How strongly each cell is shaded, in the order of the cells that are. */
const shadesOf = (svg: string) =>
  [...svg.matchAll(/class="f-(train|validation)" fill-opacity="([\d.]+)"/g)].map(([, ink, opacity]) => [
    ink,
    Number(opacity),
  ])

test('every cell holds its number, row by row; nothing is a dot', () => {
  const { svg } = drawConfusionMatrix(three)
  expect(numbersOf(svg, 3)).toEqual([
    ['30', '8', '2'],
    ['15', '24', '1'],
    ['·', '3', '17'],
  ])
})

test('rows and columns have the names, in frames stand those that were recognised', () => {
  const { svg } = drawConfusionMatrix(three)
  const names = textsOf(svg).filter(({ text }) => text === 'frog &amp; toad')
  expect(names).toHaveLength(2)
  expect(svg.match(/rx="2"/g)).toHaveLength(3)
  expect(svg.match(/font-weight="700"/g)).toHaveLength(3)
})

test('shading is the share of the row, for mistakes relative to the worst of all', () => {
  const right = (share: number) => ['train', Math.round(share * 0.55 * 100) / 100]
  const wrong = (share: number) => ['validation', Math.round((share / (15 / 40)) * 0.55 * 100) / 100]
  expect(shadesOf(drawConfusionMatrix(three).svg)).toEqual([
    ...[right(30 / 40), wrong(8 / 40), wrong(2 / 40)],
    ...[wrong(15 / 40), right(24 / 40), wrong(1 / 40)],
    ...[wrong(3 / 20), right(17 / 20)],
  ])
})

test('the text alternative has the numbers', () => {
  const { title, description, svg } = drawConfusionMatrix(three)
  expect(title).toBe('What was taken for what')
  expect(description).toBe(
    '71 of 100 pictures were recognised (71.0 %). The most frequent mistake: dog taken for cat, 15 of 40 times.',
  )
  expect(svg).toContain('mistakes, up to 37.5 % of a row.')
})

test('without mistakes there is nothing to shade', () => {
  const perfect = { classNames: ['a', 'b'], counts: [[5, 0], [0, 7]] } // biome-ignore format: a matrix
  const { svg, description } = drawConfusionMatrix(perfect)
  expect(shadesOf(svg)).toEqual([
    ['train', 0.55],
    ['train', 0.55],
  ])
  expect(description).toBe('12 of 12 pictures were recognised (100.0 %). There were no mistakes.')
})

test('a class that is never shown has an empty row', () => {
  const { svg } = drawConfusionMatrix({ classNames: ['a', 'b'], counts: [[3, 1], [0, 0]] }) // biome-ignore format: a matrix
  expect(numbersOf(svg, 2)[1]).toEqual(['·', '0'])
  expect(svg).not.toContain('NaN')
})

test('of many classes those that are confused most are drawn, and this is said', () => {
  const { svg, description } = drawConfusionMatrix(ring(30))
  const shown = textsOf(svg).filter(({ text }) => /^class \d+$/.test(text))
  // Class r is in r mistakes of its own and r - 1 of the one before: the first ten are confused least (0 with 29: 29).
  const expected = [0, ...Array.from({ length: 19 }, (_, i) => 11 + i)].map(number => `class ${number}`)
  expect(shown.slice(0, 20).map(({ text }) => text)).toEqual(expected)
  expect(description).toContain('Drawn are the 20 of 30 classes that are confused most often.')
  expect(svg).toContain('The 20 of 30 classes that are confused most often.')
})

test.each([2, 3, 10, 20])('%d classes: nothing leaves the drawing, and ten fit a phone', classes => {
  const drawing = drawConfusionMatrix(ring(classes))
  if (classes <= 10) expect(drawing.width).toBeLessThanOrEqual(420)
  for (const { x, y } of textsOf(drawing.svg)) {
    expect(x).toBeLessThan(drawing.width)
    expect(y).toBeLessThan(drawing.height)
  }
})

test('a long name over the last column stays within the drawing', () => {
  const { counts } = ring(20)
  const classNames = counts.map((_, i) => (i === 19 ? 'the longest of all names' : `class ${i}`))
  const drawing = drawConfusionMatrix({ classNames, counts })
  const last = textsOf(drawing.svg)
    .filter(({ text }) => text.startsWith('the longest'))
    .at(-1)!
  expect(last.x + textWidth(last.text, { size: 11 }) * Math.SQRT1_2).toBeLessThan(drawing.width)
})

test('a small and a large matrix look as they did', async () => {
  await expect(drawConfusionMatrix(three).svg).toMatchFileSnapshot('goldens/confusion-matrix-3.svg')
  await expect(drawConfusionMatrix(ring(20)).svg).toMatchFileSnapshot('goldens/confusion-matrix-20.svg')
})
