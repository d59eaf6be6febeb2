import {
  type Distance,
  disc,
  outline,
  type Point,
  polygon,
  stroke,
  union,
  without,
} from '../drawing/distance.js'

// Cosine and sine of a fifth of a turn, and of a sixteenth. Written out: the arithmetic that follows is exactly
// rounded by IEEE 754, while Math.cos may differ in its last bit from one JavaScript engine to the next.
const fifth: Point = [0.30901699437494745, 0.9510565162951535]
const sixteenth: Point = [0.9238795325112867, 0.3826834323650898]

const turned = ([x, y]: Point, [cos, sin]: Point): Point => [x * cos - y * sin, x * sin + y * cos]
const scaled = ([x, y]: Point, factor: number): Point => [x * factor, y * factor]

/** Five points outward, five inward between them. */
function starPoints(outer: number, inner: number): Point[] {
  const points: Point[] = []
  let direction: Point = [0, -1]
  for (let arm = 0; arm < 5; arm++) {
    points.push(scaled(direction, outer))
    // Between two arms, the opposite of the arm that is two and a half further on.
    points.push(scaled(turned(turned(turned(direction, fifth), fifth), fifth), -inner))
    direction = turned(direction, fifth)
  }
  return points
}

/** Archimedes' spiral, from the inside out. */
function spiralPoints(from: number, to: number, sixteenths: number): Point[] {
  let direction: Point = [1, 0]
  return Array.from({ length: sixteenths + 1 }, (_, step) => {
    const point = scaled(direction, from + ((to - from) * step) / sixteenths)
    direction = turned(direction, sixteenth)
    return point
  })
}

const heart = union(
  disc(0.56, [0.48, -0.35]),
  disc(0.56, [-0.48, -0.35]),
  polygon([
    [0, 1.05],
    [0.9, 0.02],
    [0.48, -0.35],
    [0, -0.12],
    [-0.48, -0.35],
    [-0.9, 0.02],
  ]),
)

const cross = polygon([
  [-0.33, -1.08],
  [0.33, -1.08],
  [0.33, -0.33],
  [1.08, -0.33],
  [1.08, 0.33],
  [0.33, 0.33],
  [0.33, 1.08],
  [-0.33, 1.08],
  [-0.33, 0.33],
  [-1.08, 0.33],
  [-1.08, -0.33],
  [-0.33, -0.33],
])

const arrow = polygon([
  [-1.1, -0.24],
  [0.1, -0.24],
  [0.1, -0.85],
  [1.15, 0],
  [0.1, 0.85],
  [0.1, 0.24],
  [-1.1, 0.24],
])

const square = polygon([
  [-0.85, -0.85],
  [0.85, -0.85],
  [0.85, 0.85],
  [-0.85, 0.85],
])

const triangle = polygon([
  [0, -1.15],
  [1, 0.58],
  [-1, 0.58],
])

/** The ten classes, in the order of their labels. */
export const figures = {
  disc: disc(0.95),
  ring: outline(disc(0.8), 0.24),
  square,
  triangle,
  star: polygon(starPoints(1.25, 0.52)),
  cross,
  heart,
  arrow,
  moon: without(disc(1.05), disc(0.85, [0.5, 0])),
  spiral: stroke(spiralPoints(0.08, 1.1, 29), 0.17),
} as const satisfies Readonly<Record<string, Distance>>
