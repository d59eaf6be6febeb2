import type { Random } from '../../../base/random.js'
import { Canvas } from '../drawing/canvas.js'
import { type Point, stroke, union } from '../drawing/distance.js'
import type { Colour, Paint } from '../drawing/paint.js'
import type { Glyph } from './glyphs.js'
import { type PenStroke, penLine } from './pen.js'

/** Pixels on each side of a picture. */
export const side = 28

/** Pixels from the middle that ink may reach: all of a digit stays 6 pixels away from the frame. */
const reach = 8

/** A pixel is covered in part by ink up to half a pixel away. */
const softEdge = 0.5

/**
 * Draws one digit as a hand would: slant, width, size, pen, brightness and the places of its points vary. The centre of
 * what it covers is the centre of the frame.
 *
 * @param bytes where to write `[28, 28, 1]`, from `to` on
 */
export function drawDigit(glyph: Glyph, random: Random, bytes: Uint8Array, to: number): void {
  const strokes = glyph[random.integer(glyph.length)]!
  const halfWidth = random.uniform(0.75, 1.35)
  const lines = writeLines(strokes, random, halfWidth)
  const canvas = new Canvas(side, 1)
  const ink = union(...lines.map(line => stroke(line, halfWidth)))
  canvas.draw(ink, { x: side / 2, y: side / 2, radius: 1, turn: [1, 0] }, randomInk(random), reach)
  canvas.write(random, 0, bytes, to)
}

/** The pen's lines in pixels from the middle of the frame, so high that with the pen's width 14 to 16 are covered. */
function writeLines(
  strokes: readonly PenStroke[],
  random: Random,
  halfWidth: number,
): readonly (readonly Point[])[] {
  const unsteady = unsteadiness(random)
  const slant = random.uniform(-0.08, 0.28)
  const width = random.uniform(0.8, 1.1)
  const move = (point: Point): Point => {
    const [x, y] = unsteady(point)
    return [x * width - y * slant, y]
  }
  const lines = strokes.map(({ points, smooth }) => penLine({ points: points.map(move), smooth }))
  return placed(lines, random.uniform(7, reach) - softEdge - halfWidth)
}

/** The lines moved so that the centre of their bounding box is the origin, and scaled to this half height. */
function placed(lines: readonly (readonly Point[])[], halfHeight: number): readonly (readonly Point[])[] {
  const extent = (axis: 0 | 1) => {
    const values = lines.flatMap(line => line.map(point => point[axis]))
    const [least, most] = [Math.min(...values), Math.max(...values)]
    return { centre: (least + most) / 2, half: (most - least) / 2 }
  }
  const [x, y] = [extent(0), extent(1)]
  // A wide digit is made a little lower, so that it does not come nearer to the frame at its sides.
  const scale = halfHeight / Math.max(x.half, y.half)
  return lines.map(line => line.map(([px, py]): Point => [(px - x.centre) * scale, (py - y.centre) * scale]))
}

/** Displacements at 3×3 places, straight lines between them: near points move alike, so that strokes stay joined. */
function unsteadiness(random: Random): (point: Point) => Point {
  const amplitude = 0.17
  const displace = () => Float64Array.from({ length: 9 }, () => random.uniform(-amplitude, amplitude))
  const [right, down] = [displace(), displace()]
  return ([x, y]) => [x + interpolate(right, x + 1, y + 1), y + interpolate(down, x + 1, y + 1)]
}

/** Between the values of a grid 3×3 at places 0, 1, 2. */
function interpolate(grid: Float64Array, x: number, y: number): number {
  const [column, row] = [x < 1 ? 0 : 1, y < 1 ? 0 : 1]
  const at = row * 3 + column
  const across = (from: number) => grid[from]! + (grid[from + 1]! - grid[from]!) * (x - column)
  const above = across(at)
  return above + (across(at + 3) - above) * (y - row)
}

/** White, more or less, each pixel a little darker or brighter; where no ink is, there is no noise either. */
function randomInk(random: Random): Paint {
  const brightness = random.uniform(190, 255)
  const grey = (value: number): Colour => [value, value, value]
  return { colours: [grey(brightness), grey(brightness * 0.85)], mix: () => random.uniform() }
}
