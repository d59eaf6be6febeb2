import { expect, test } from 'vitest'
import { seenRegion } from './seen-region.js'

const square = { height: 8, width: 8 }
const wide = { height: 100, width: 200 }

test('a stretched picture is seen as a whole', () => {
  expect(seenRegion('stretch', wide, square)).toEqual({ x: 0, y: 0, width: 1, height: 1 })
})

test('of a cropped picture the middle is seen', () => {
  expect(seenRegion('crop', wide, square)).toEqual({ x: 0.25, y: 0, width: 0.5, height: 1 })
  expect(seenRegion('crop', { height: 200, width: 100 }, { height: 4, width: 8 })).toEqual({
    x: 0,
    y: 0.375,
    width: 1,
    height: 0.25,
  })
})

test('of a padded picture the margins are seen, too', () => {
  expect(seenRegion('pad', wide, square)).toEqual({ x: 0, y: -0.5, width: 1, height: 2 })
})
