import { expect, test } from 'vitest'
import { drawFeatureMaps, drawLayerMaps } from './feature-maps.js'
import { embeddedPictures, textsOf } from './read-svg.fixture.js'

/** Five maps of 4×3: map m is m · 50 in its corner, and 1 more with each pixel. */
const grid = [4, 3, 5] as const
const bytes = (add: number) =>
  Uint8Array.from({ length: 60 }, (_, i) => add + (i % 5) * 50 + Math.floor(i / 5))

const layer = {
  layer: 'conv2d_1',
  className: 'Conv2D',
  shape: [4, 3, 5],
  grid,
  before: { tones: { bytes: bytes(0) }, note: 'Not shifted; nothing cut off.', silent: [3] },
  after: { tones: { bytes: bytes(4) }, note: 'Shifted by 4; 1.7 % cut off.', silent: [] },
}
const dead = { pictures: 500, before: [], after: [2] }
const picture = { width: 2, height: 1, channels: 3 as const, data: Uint8Array.of(255, 0, 0, 0, 0, 255) }

test('the maps of a layer are one picture for each time, map by map', async () => {
  const { svg, description } = drawLayerMaps(layer, { dead: new Map([['conv2d_1', dead]]) })
  const [before, after, ...others] = await embeddedPictures(svg)
  expect(others).toEqual([])
  for (const [sheet, add] of [
    [before!, 0],
    [after!, 4],
  ] as const) {
    const found = [0, 1, 2, 3, 4].map(map => cornerOf(sheet, map * 50 + add))
    // Row by row: the corners of maps in a row have one height, and stand in equal distances.
    for (const [map, corner] of found.entries())
      for (let pixel = 0; pixel < 12; pixel++) {
        const [x, y] = [corner[0] + (pixel % 3), corner[1] + Math.floor(pixel / 3)]
        expect(sheet.rgb[3 * (y * sheet.width + x)]).toBe(map * 50 + add + pixel)
      }
  }
  expect(textsOf(svg)).toEqual([
    'conv2d_1',
    'Conv2D · 4×3×5',
    'before training',
    'Not shifted; nothing cut off.',
    '0 everywhere here: 1 of 5 maps.',
    'Dead: none of 5.',
    'after training',
    'Shifted by 4; 1.7 % cut off.',
    '0 everywhere here: 0 of 5 maps.',
    'Dead: 1 of 5 (20.0 %).',
  ])
  expect(description).toBe(
    '"conv2d_1" makes 4×3×5 of it. Before training: Not shifted; nothing cut off. 0 everywhere here: 1 of 5 maps. ' +
      'After: Shifted by 4; 1.7 % cut off. 0 everywhere here: 0 of 5 maps. Dead: 1 of 5 (20.0 %). ' +
      'Dead filters (crossed out) give 0 everywhere on 500 pictures.',
  )
})

/** Where the pixel of this tone is; every tone stands once. */
function cornerOf(sheet: { width: number; rgb: Uint8Array }, tone: number): readonly [number, number] {
  const places = Array.from({ length: sheet.rgb.length / 3 }, (_, i) => i).filter(
    i => sheet.rgb[3 * i] === tone,
  )
  // The gaps are black, and so is the corner of the first map.
  const place = tone === 0 ? 0 : places[0]!
  return [place % sheet.width, Math.floor(place / sheet.width)]
}

test('the picture and all layers, in a row or below each other', async () => {
  const maps = {
    picture,
    sentence: 'One is 255 grey levels.',
    layers: [layer, { ...layer, layer: 'conv2d_2' }],
  }
  const options = { dead: new Map([['conv2d_1', dead]]), caption: 'test picture 1: cat' }
  const row = drawFeatureMaps(maps, options)
  const column = drawFeatureMaps(maps, { ...options, arrange: 'column' })
  expect([row.width, column.width]).toEqual([824, 400])
  expect(await embeddedPictures(row.svg)).toHaveLength(5)
  expect(textsOf(row.svg).join(' ')).toContain(
    'test picture 1: cat One is 255 grey levels. Dead filters (crossed out) give 0 everywhere on 500 pictures.',
  )
  expect(row.description).toMatch(/^The picture is test picture 1: cat, 2×1\. "conv2d_1" makes 4×3×5 of it\./)
  await expect(row.svg).toMatchFileSnapshot('goldens/feature-maps.svg')
})

test('units of a dense layer are maps of one pixel', async () => {
  const shown = { tones: { bytes: Uint8Array.of(9, 8, 7, 6) }, note: 'Not shifted.', silent: [] }
  const { svg } = drawLayerMaps({
    layer: 'dense',
    className: 'Dense',
    shape: [4],
    grid: [1, 1, 4],
    before: null,
    after: shown,
  })
  const [sheet] = await embeddedPictures(svg)
  expect(sheet!.rgb.filter((_, i) => i % 3 === 0)).toEqual(Uint8Array.of(9, 8, 7, 6))
  expect(textsOf(svg)).toContain('0 here: 0 of 4 units.')
  expect(textsOf(svg)).toContain('as it is')
})
