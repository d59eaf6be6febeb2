import { expect, test } from 'vitest'
import { textWidth } from './svg/text.js'
import { drawWorstPictures } from './worst-pictures.js'

const pixels = (width: number, height: number, level: number) => ({
  width,
  height,
  channels: 1 as const,
  data: new Uint8Array(width * height).fill(level),
})

const pictures = [
  { pixels: pixels(4, 4, 0), shown: 'cat', takenFor: 'dog', probability: 0.98125, loss: 6.5 },
  { pixels: pixels(8, 4, 90), shown: 'dog <b>', takenFor: 'cat', loss: 3 },
  { pixels: pixels(4, 8, 200), shown: 'frog', takenFor: 'frog', probability: 0.4, loss: 0.916 },
]

test('each picture says what it shows, what it was taken for and how sure the network was', () => {
  const texts = [...drawWorstPictures(pictures).svg.matchAll(/>([^<]*)<\/text>/g)].map(([, text]) => text)
  expect(texts).toEqual([
    ...['cat', 'taken for dog', '98.1 % sure'],
    ...['dog &lt;b&gt;', 'taken for cat', 'loss 3.00'],
    ...['frog', 'recognised', '40.0 % sure'],
  ])
})

test('long names end before the next picture begins, in whatever script', () => {
  for (const shown of [
    'a long name with many words',
    '长长的名字长长的名字长长的名字',
    '🐱🐱🐱🐱🐱🐱🐱🐱🐱🐱',
    'очень длинное название',
  ]) {
    const { svg } = drawWorstPictures([{ ...pictures[0]!, shown }, pictures[1]!])
    const [, size, cut] = /font-size="([\d.]+)" font-weight="700"[^>]*>([^<]*)</.exec(svg)!
    expect(cut).toMatch(/…$/)
    expect(textWidth(cut!, { size: Number(size), weight: 'bold' })).toBeLessThan(118 + 12)
  }
})

test('a picture that is a file says its name, and the text alternative where it lies', () => {
  const files = pictures.map((picture, i) => ({ ...picture, file: `photos/${picture.shown}/${i}.jpg` }))
  const drawing = drawWorstPictures(files)
  expect(drawing.svg).toContain('>0.jpg</text>')
  expect(drawing.svg).not.toContain('photos/cat/0.jpg</text>')
  expect(drawing.description).toContain('98.1 % sure, loss 6.50 (photos/cat/0.jpg).')
  expect(drawing.height).toBeGreaterThan(drawWorstPictures(pictures).height)
})

test('pictures keep their proportions', () => {
  const sizes = [
    ...drawWorstPictures(pictures).svg.matchAll(
      /<image x="[\d.]+" y="[\d.]+" width="([\d.]+)" height="([\d.]+)"/g,
    ),
  ]
  expect(sizes.map(([, width, height]) => Number(width) / Number(height))).toEqual([1, 2, 0.5])
})

test('the text alternative tells each picture', () => {
  expect(drawWorstPictures(pictures).description).toBe(
    '1. cat, taken for dog, 98.1 % sure, loss 6.50. 2. dog <b>, taken for cat, loss 3.00. 3. frog, recognised, 40.0 % sure, loss 0.92.',
  )
})

test('three stand side by side on a phone, or as many as are asked for', () => {
  const many = Array.from({ length: 6 }, () => pictures[0]!)
  const [usual, narrow] = [drawWorstPictures(many), drawWorstPictures(many, { columns: 2 })]
  expect(usual.width).toBeLessThanOrEqual(420)
  expect(narrow.width).toBeLessThan(usual.width)
  expect(narrow.height).toBeGreaterThan(usual.height)
  expect(drawWorstPictures([]).description).toBe('There are none.')
})

test('the sheet looks as it did', async () => {
  await expect(drawWorstPictures(pictures).svg).toMatchFileSnapshot('goldens/worst-pictures.svg')
})
