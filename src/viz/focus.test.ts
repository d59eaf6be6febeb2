import { expect, test } from 'vitest'
import { drawFocus } from './focus.js'
import { outlineOf } from './heat.js'
import { embeddedPictures, textsOf } from './read-svg.fixture.js'
import { sequentialRgb } from './svg/color-scales.js'

const picture = {
  width: 4,
  height: 2,
  channels: 3 as const,
  data: Uint8Array.from({ length: 24 }, (_, i) => 10 * i),
}

const shown = (className: string, values: number[], half: { level: number; share: number } | null) => ({
  className,
  probability: 0.625,
  layer: 'conv2d_2',
  method: 'hirescam',
  map: { width: 2, height: 1, values: [1, 2] },
  enlarged: { width: 4, height: 2, values },
  half,
  place: half ? 'in the upper left' : null,
})

const cat = shown('cat', [4, 2, 0, 0, 1, 1, -3, 0], { level: 4, share: 1 / 8 })
const dog = shown('dog', [-1, 0, 0, 0, -2, 0, 0, 0], null)

test('the picture, then for each class the picture in grey under its map, on one scale', async () => {
  const { svg, description, width } = drawFocus(picture, [cat, dog], { caption: 'test picture 1: cat' })
  const [plain, first, second] = await embeddedPictures(svg)
  expect(plain!.rgb).toEqual(picture.data)
  for (const [heat, { enlarged }] of [
    [first!, cat],
    [second!, dog],
  ] as const)
    enlarged.values.forEach((value, place) => {
      const [red, green, blue] = [0, 1, 2].map(channel => picture.data[3 * place + channel]!)
      const grey = 0.299 * red! + 0.587 * green! + 0.114 * blue!
      const colour = sequentialRgb(Math.max(0, value) / 4)
      for (const channel of [0, 1, 2] as const)
        expect(heat.rgb[3 * place + channel]).toBe(Math.round(0.62 * colour[channel] + 0.38 * grey))
    })
  expect(textsOf(svg)).toEqual(
    expect.arrayContaining([
      'HiResCAM at conv2d_2, 1×2',
      'cat',
      'dog',
      '62.5 %',
      'Nothing speaks for this class.',
    ]),
  )
  expect(description).toBe(
    'The picture (test picture 1: cat) and what speaks for each class, HiResCAM at conv2d_2, 1×2. ' +
      'cat (62.5 %): half of what speaks for it lies in 12.5 % of the picture, the peak in the upper left. ' +
      'dog (62.5 %): nothing speaks for this class.',
  )
  expect(width).toBe(400)
  await expect(svg).toMatchFileSnapshot('goldens/focus.svg')
})

/** All edges of a path of straight lines as `x,y-x,y` of unit length. */
function unitEdges(d: string): string[] {
  return [...d.matchAll(/M(\d+) (\d+)([HV])(\d+)/g)].flatMap(([, x, y, direction, to]) => {
    const from = Number(direction === 'H' ? x : y)
    return Array.from({ length: Number(to) - from }, (_, i) =>
      direction === 'H' ? `${from + i},${y} –` : `${x},${from + i} |`,
    )
  })
}

test('the outline is every edge between a pixel within and one without', () => {
  const values = [
    [0, 5, 5, 0],
    [0, 5, 0, 0],
    [0, 0, 0, 7],
  ]
  const d = outlineOf({ width: 4, height: 3, values: values.flat() }, 5, [0, 0, 4, 3])
  const within = (x: number, y: number) => (values[y]?.[x] ?? 0) >= 5
  const expected: string[] = []
  for (let y = 0; y <= 3; y++)
    for (let x = 0; x <= 4; x++) {
      if (x < 4 && within(x, y) !== within(x, y - 1)) expected.push(`${x},${y} –`)
      if (y < 3 && within(x, y) !== within(x - 1, y)) expected.push(`${x},${y} |`)
    }
  expect(unitEdges(d).sort()).toEqual(expected.sort())
  expect(expected).toHaveLength(8 + 4)
})
