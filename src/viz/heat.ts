import type { Pixels } from './png/encode-png.js'
import { sequentialRgb } from './svg/color-scales.js'
import { short } from './svg/element.js'

/** Numbers [height, width], row by row. */
export interface ValueMap {
  readonly width: number
  readonly height: number
  readonly values: ArrayLike<number>
}

/** How much of a pixel is heat; the rest is the picture in grey. */
const heatShare = 0.62

/** A picture in grey under the colours of a map of the same size: dark at 0 and below, bright at `scale`. */
export function heatOver(picture: Pixels, map: ValueMap, scale: number): Pixels {
  const { width, height, channels, data } = picture
  const pixels = new Uint8Array(width * height * 3)
  for (let place = 0; place < width * height; place++) {
    const rgb = sequentialRgb(scale > 0 ? map.values[place]! / scale : 0)
    const grey = greyOf(data, place * channels, channels)
    for (let channel = 0; channel < 3; channel++)
      pixels[place * 3 + channel] = Math.round(heatShare * rgb[channel as 0 | 1 | 2] + (1 - heatShare) * grey)
  }
  return { width, height, channels: 3, data: pixels }
}

/** Luma of ITU-R BT.601. */
const greyOf = (data: Uint8Array, at: number, channels: 1 | 3): number =>
  channels === 1 ? data[at]! : 0.299 * data[at]! + 0.587 * data[at + 1]! + 0.114 * data[at + 2]!

/**
 * The line around all pixels that are at least `level`, along their edges, as an SVG path: `width` × `height` units for the whole
 * map, the corner at (x, y).
 */
export function outlineOf(
  map: ValueMap,
  level: number,
  [x, y, width, height]: readonly [number, number, number, number],
): string {
  const isIn = (column: number, row: number) =>
    column >= 0 &&
    row >= 0 &&
    column < map.width &&
    row < map.height &&
    map.values[row * map.width + column]! >= level
  const atX = (column: number) => short(x + (column * width) / map.width)
  const atY = (row: number) => short(y + (row * height) / map.height)
  const horizontal = runs(
    map.height + 1,
    map.width,
    (row, column) => isIn(column, row) !== isIn(column, row - 1),
  )
  const upright = runs(
    map.width + 1,
    map.height,
    (column, row) => isIn(column, row) !== isIn(column - 1, row),
  )
  return [
    ...horizontal.map(([row, from, to]) => `M${atX(from)} ${atY(row)}H${atX(to)}`),
    ...upright.map(([column, from, to]) => `M${atX(column)} ${atY(from)}V${atY(to)}`),
  ].join('')
}

/** Unbroken stretches of edges, line by line. */
function runs(
  lines: number,
  length: number,
  isEdge: (line: number, place: number) => boolean,
): (readonly [line: number, from: number, to: number])[] {
  const found: (readonly [number, number, number])[] = []
  for (let line = 0; line < lines; line++)
    for (let from = 0; from < length; from++) {
      if (!isEdge(line, from)) continue
      let to = from
      while (to < length && isEdge(line, to)) to++
      found.push([line, from, to])
      from = to
    }
  return found
}
