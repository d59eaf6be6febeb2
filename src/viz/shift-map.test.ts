import { expect, test } from 'vitest'
import { pngAddress } from './png/encode-png.js'
import { drawShiftMaps, type ShiftData, type ShiftMapData } from './shift-map.js'
import { sequentialRgb } from './svg/color-scales.js'

/** A map of ±2 whose probability falls by 0.3 with each pixel away from the middle, sideways only. */
const map: ShiftMapData = {
  pictures: 40,
  dx: [-2, 2],
  dy: [-1, 1],
  cells: Array.from({ length: 15 }, (_, i) => {
    const [dx, dy] = [(i % 5) - 2, Math.floor(i / 5) - 1]
    const probability = 0.95 - 0.3 * Math.abs(dx)
    return { dx, dy, probability, recognised: probability, whole: dy === 1 ? 0.5 : 1 }
  }),
  centre: { probability: 0.95, recognised: 1 },
  uncut: { recognised: 0.6123, standardError: 0.0216 },
  halfRadius: 2,
}

const pixels = (first: number) => ({
  width: 2,
  height: 2,
  channels: 1 as const,
  data: Uint8Array.of(first, 0, 0, 255),
})

const data: ShiftData = {
  example: { className: '0', dx: -2, dy: -1, centre: pixels(0), moved: pixels(200) },
  networks: [
    {
      title: 'Dense <layers>',
      parameters: 535_818,
      accuracy: 0.9734,
      about: 'Every pixel has weights of its own.',
      map,
      answers: {
        centre: { className: '0', probability: 0.9991, rightProbability: 0.9991, right: true },
        moved: { className: '4', probability: 0.871, rightProbability: 0.0123, right: false },
      },
    },
    {
      title: 'A single picture',
      parameters: 10,
      map: { ...map, pictures: 1, halfRadius: null },
      answers: {
        centre: { className: '0', probability: 0.7, rightProbability: 0.7, right: true },
        moved: { className: '0', probability: 0.55, rightProbability: 0.55, right: true },
      },
    },
  ],
}

const drawing = drawShiftMaps(data)
const texts = [...drawing.svg.matchAll(/<text [^>]*>([^<]*)<\/text>/g)].map(([, text]) => text!)

test('each panel says what its network says, and the means', () => {
  expect(texts).toEqual(
    expect.arrayContaining([
      'Dense &lt;layers&gt;',
      '535,818 parameters · 97.3 % right in the middle',
      '2 left, 1 up',
      'says 0, 99.9 %',
      'says 4, 87.1 %',
      'wrong: it gets 1.2 %',
      '61.2 % ± 2.2 recognised',
      'less than half recognised from 2 pixels on',
      'at least half recognised at all distances up to 1',
      '−2',
      '+2',
      '100',
      '50',
    ]),
  )
  // The mean of a single picture has no standard error.
  expect(texts).toContain('61.2 % recognised')
})

test('each cell has the colour of its probability', () => {
  const colours = Uint8Array.from(
    [0.35, 0.65, 0.95, 0.65, 0.35].flatMap(probability => sequentialRgb(probability)),
  )
  const rows = new Uint8Array([...colours, ...colours, ...colours])
  expect(drawing.svg).toContain(pngAddress({ width: 5, height: 3, channels: 3, data: rows }))
})

test('the contour runs where one half is crossed, the outline where most pictures begin to be cut', () => {
  const paths = [...drawing.svg.matchAll(/<path d="([^"]*)"[^>]*stroke="#000000"[^>]*>/g)].map(([, d]) => d!)
  const cell = 252 / 5
  const near = (value: number) => Math.round(value * 100) / 100
  const contour = paths.find(path => path.split('M').length === 7)!
  const places = [...contour.matchAll(/M([\d.]+) ([\d.]+)v([\d.]+)/g)].map(([, x]) => Number(x))
  // Between −2 and −1 and between 1 and 2, in each of the three rows.
  expect(new Set(places)).toEqual(new Set([near(46 + cell), near(46 + 4 * cell)]))
  const outline = paths.find(path => path.split('M').length === 6)!
  expect(outline.match(/h/g)).toHaveLength(5)
  expect(outline).not.toContain('v')
})

test('the text alternative tells the story with its numbers', () => {
  expect(drawing.description).toBe(
    'A picture of 0, moved by 2 left, 1 up. Dense <layers>: in the middle it says 0, 99.9 %; moved it says 4, 87.1 % ' +
      '(the right class gets 1.2 %). As they are, 100.0 % recognised; over the shifts that cut nothing 61.2 % ± 2.2; ' +
      'less than half recognised from 2 pixels on. A single picture: in the middle it says 0, 70.0 %; moved it says ' +
      '0, 55.0 %. As it is, 100.0 % recognised; over the shifts that cut nothing 61.2 %; at least half recognised at ' +
      'all distances up to 1.',
  )
})

test('panels fit a phone, and stand beside or below each other', () => {
  expect(drawing.width).toBe(2 * 348 + 24)
  expect(drawShiftMaps(data, { arrange: 'column' }).width).toBe(348)
})

test('a place outside the map has no ring and no key', () => {
  const far = drawShiftMaps({ ...data, example: { ...data.example, dx: -9 } }).svg
  expect(far).not.toContain('the moved one above')
  expect(far).not.toContain('<circle')
  expect(texts).toContain('the moved one above')
})

test('the drawing is the known one', async () => {
  await expect(drawing.svg).toMatchFileSnapshot('goldens/shift-map.svg')
})
