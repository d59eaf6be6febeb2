import { expect, test } from 'vitest'
import { drawFilters } from './filters.js'
import { embeddedPictures, textsOf } from './read-svg.fixture.js'

/** A filter of 3×2 over colours, whose bytes begin at `first`. */
const filter = (first: number) => ({
  width: 2,
  height: 3,
  channels: 3 as const,
  data: Uint8Array.from({ length: 18 }, (_, i) => first + i),
})

const moved = [0.5, 0.25, 1, 0.125, 0.75]
const sheet = {
  layer: 'conv2d',
  shape: [3, 2, 3, 5],
  scale: 0.4,
  sentence: 'One scale for all.',
  filters: moved.map((moved, i) => ({ before: filter(10 * i), after: filter(100 + 10 * i), moved })),
}
const dead = { pictures: 20, before: [], after: [1, 4] }

test('every filter before and after, dead ones crossed out', async () => {
  const { svg, description, width } = drawFilters(sheet, { dead: new Map([['conv2d', dead]]) })
  const pictures = await embeddedPictures(svg)
  expect(pictures.map(({ rgb }) => rgb[0])).toEqual([0, 10, 20, 30, 40, 100, 110, 120, 130, 140])
  expect(pictures[6]).toMatchObject({ width: 2, height: 3, rgb: filter(110).data })
  // A cross is a line in the colour of the ground under one in that of bad things.
  expect(svg.match(/<path[^>]*s-bad/g)).toHaveLength(2)
  expect(textsOf(svg)).toContain('Dead: 2 of 5 (40.0 %).')
  expect(textsOf(svg)).toContain('Dead: none of 5.')
  const mean = Math.round((100 * moved.reduce((sum, share) => sum + share)) / 5)
  expect(description).toBe(
    '5 filters of 3×2×3 in "conv2d", before and after training. One scale for all. ' +
      `Training moved a filter by ${mean} % of its length on average, at most by 100 %. ` +
      'Dead filters (crossed out) give 0 everywhere on 20 pictures. Dead before training: none of 5; after: 2 of 5 (40.0 %).',
  )
  expect(width).toBe(400)
  await expect(svg).toMatchFileSnapshot('goldens/filters.svg')
})

test('pictures keep their proportions and do not overlap', () => {
  const places = [
    ...drawFilters(sheet).svg.matchAll(
      /<image x="([\d.]+)" y="([\d.]+)" width="([\d.]+)" height="([\d.]+)"/g,
    ),
  ].map(match => match.slice(1).map(Number) as [number, number, number, number])
  expect(places).toHaveLength(10)
  for (const [i, [x, y, width, height]] of places.entries()) {
    expect(height / width).toBeCloseTo(1.5, 2)
    expect(x + width).toBeLessThanOrEqual(388.01)
    for (const [left, top, wide, high] of places.slice(i + 1))
      expect(
        x + width <= left + 0.01 || left + wide <= x + 0.01 || y + height <= top || top + high <= y,
      ).toBe(true)
  }
})

test('without the first weights there is one sheet', async () => {
  const filters = sheet.filters.map(({ after }) => ({ before: null, after, moved: null }))
  const { svg, description } = drawFilters({ ...sheet, filters })
  expect(await embeddedPictures(svg)).toHaveLength(5)
  expect(textsOf(svg)).toContain('as they are')
  expect(svg).not.toContain('before training')
  expect(description).toBe('5 filters of 3×2×3 in "conv2d". One scale for all.')
})
