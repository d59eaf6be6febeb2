import { expect, test } from 'vitest'
import {
  brighter,
  type ColourMap,
  contrasted,
  contrastedToGrey,
  hueTurned,
  inTurn,
  sameColours,
  saturated,
  timesBrighter,
} from './colour-map.js'

const colours = [
  [0.2, -0.1, 0.4],
  [-0.3, 0.25, 0.05],
  [0.1, 0.1, 0.1],
]
const grey = ([r, g, b]: readonly number[]) => 0.299 * r! + 0.587 * g! + 0.114 * b!

/** A picture of three pixels through a map. */
function applied({ own, mean, shift }: ColourMap, pixels: readonly (readonly number[])[]): number[][] {
  const means = [0, 1, 2].map(k => pixels.reduce((sum, pixel) => sum + pixel[k]!, 0) / pixels.length)
  return pixels.map(pixel =>
    shift.map((value, c) =>
      pixel.reduce((sum, x, k) => sum + x * own[3 * k + c]! + means[k]! * mean[3 * k + c]!, value),
    ),
  )
}

const expectClose = (one: readonly (readonly number[])[], other: readonly (readonly number[])[]) =>
  one.flat().forEach((value, i) => expect(value).toBeCloseTo(other.flat()[i]!, 12))

test('maps in turn are one map', () => {
  const maps = [
    contrasted(3, 0.7),
    hueTurned(0.2),
    brighter(3, 0.1),
    contrastedToGrey(3, 1.4),
    saturated(0.5),
  ]
  const oneByOne = maps.reduce((pixels, map) => applied(map, pixels), colours)
  expectClose(applied(maps.reduce(inTurn), colours), oneByOne)
})

test('brightness adds or multiplies, contrast keeps the means of channels', () => {
  expectClose(
    applied(brighter(3, 0.1), colours),
    colours.map(pixel => pixel.map(x => x + 0.1)),
  )
  expectClose(
    applied(timesBrighter(3, 0.5, -0.5), colours),
    colours.map(pixel => pixel.map(x => (x + 0.5) / 2 - 0.5)),
  )
  const mean = (pixels: readonly (readonly number[])[], c: number) =>
    pixels.reduce((sum, pixel) => sum + pixel[c]!, 0) / 3
  const result = applied(contrasted(3, 2), colours)
  for (const c of [0, 1, 2]) {
    expect(mean(result, c)).toBeCloseTo(mean(colours, c), 12)
    expect(result[0]![c]! - mean(result, c)).toBeCloseTo(2 * (colours[0]![c]! - mean(colours, c)), 12)
  }
})

test('without contrast a picture is the grey that its pixels have in the mean', () => {
  const mean = colours.reduce((sum, pixel) => sum + grey(pixel), 0) / 3
  expectClose(applied(contrastedToGrey(3, 0), colours), new Array(3).fill([mean, mean, mean]))
})

test('saturation and hue leave grey pixels and the brightness of all as they are', () => {
  for (const map of [saturated(0.3), saturated(1.7), hueTurned(0.1), hueTurned(-0.4)]) {
    const result = applied(map, colours)
    result.forEach((pixel, i) => expect(grey(pixel)).toBeCloseTo(grey(colours[i]!), 12))
    expectClose([result[2]!], [colours[2]!])
  }
  expectClose(
    applied(saturated(0), colours),
    colours.map(pixel => new Array(3).fill(grey(pixel))),
  )
})

test('three thirds of a turn are none, and a third brings red towards green', () => {
  const third = hueTurned(1 / 3)
  expectClose(applied(inTurn(inTurn(third, third), third), colours), applied(sameColours(3), colours))
  const [[r, g, b]] = applied(third, [[1, 0, 0]]) as [[number, number, number]]
  expect(g).toBeGreaterThan(r)
  expect(r).toBeCloseTo(b, 12)
})
