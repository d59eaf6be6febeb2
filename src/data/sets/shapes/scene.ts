import type { Random } from '../../../base/random.js'
import { Canvas, type Placement } from '../drawing/canvas.js'
import { type Distance, disc, stroke } from '../drawing/distance.js'
import {
  brighterColour,
  darkColour,
  direction,
  type Paint,
  randomColour,
  randomPaint,
} from '../drawing/paint.js'

/** Pixels on each side of a picture. */
export const side = 32

/** No figure reaches further from its centre, in radii; a little more for the soft edge. */
const reach = 1.45

const dot = disc(1)
const dash = stroke(
  [
    [-1, 0],
    [1, 0],
  ],
  0.16,
)

/**
 * Draws one picture: a ground, small things that mean nothing, the figure in a brighter colour, now and then one more
 * small thing over it, and noise. Place, size, turn, colours and textures are random: no pixel by itself tells the
 * class. That figures are brighter than their ground lets a small network learn within a few thousand pictures.
 *
 * @param bytes where to write `[32, 32, 3]`, from `to` on
 */
export function drawScene(figure: Distance, random: Random, bytes: Uint8Array, to: number): void {
  const canvas = new Canvas(side)
  const ground = randomPaint(random, darkColour(random), 40, side)
  const ink = randomPaint(random, brighterColour(random, ground.colours), 35, side)
  canvas.fill(ground)
  for (let left = 1 + random.integer(3); left > 0; left--) drawClutter(canvas, random)
  canvas.draw(figure, placeFigure(random), ink, reach)
  if (random.uniform() < 0.5) drawClutter(canvas, random)
  canvas.write(random, random.uniform(4, 24), bytes, to)
}

/** Up to 6 pixels off the middle, less for large figures: at most a tip is cut off by the frame. */
function placeFigure(random: Random): Placement {
  const radius = random.uniform(7, 13)
  const shift = Math.min(6, 17.5 - radius)
  return {
    x: side / 2 + random.uniform(-shift, shift),
    y: side / 2 + random.uniform(-shift, shift),
    radius,
    turn: direction(random),
    squash: random.uniform(0.85, 1),
  }
}

function drawClutter(canvas: Canvas, random: Random): void {
  const isDot = random.uniform() < 0.5
  const place: Placement = {
    x: random.uniform(0, side),
    y: random.uniform(0, side),
    radius: isDot ? random.uniform(0.8, 2) : random.uniform(2, 5),
    turn: direction(random),
  }
  const colour = randomColour(random)
  const flat: Paint = { colours: [colour, colour], mix: () => 0 }
  canvas.draw(isDot ? dot : dash, place, flat, reach + 0.5)
}
