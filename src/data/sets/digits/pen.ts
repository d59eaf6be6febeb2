import type { Point } from '../drawing/distance.js'

/** What a pen draws without being lifted. */
export interface PenStroke {
  /** The points it goes through. */
  readonly points: readonly Point[]
  /** Whether it bends at each point, or goes smoothly through. */
  readonly smooth: boolean
}

export const straight = (...points: readonly Point[]): PenStroke => ({ points, smooth: false })

/** A smooth line; closed, without a corner, where it ends at the point it began with. */
export const curve = (...points: readonly Point[]): PenStroke => ({ points, smooth: true })

/** Straight pieces between two points of a curve: enough for a picture of this size. */
const piecesBetween = 6

/** The line a pen draws, as points so near to each other that straight lines between them do. */
export const penLine = ({ points, smooth }: PenStroke): readonly Point[] =>
  smooth ? catmullRom(points) : points

/** Catmull and Rom's spline (1974) through the points. */
function catmullRom(points: readonly Point[]): Point[] {
  const last = points.length - 1
  const isClosed = samePoint(points[0]!, points[last]!)
  const before = isClosed ? points[last - 1]! : points[0]!
  const after = isClosed ? points[1]! : points[last]!
  const line: Point[] = [points[0]!]
  for (let i = 0; i < last; i++) {
    const four = [points[i - 1] ?? before, points[i]!, points[i + 1]!, points[i + 2] ?? after] as const
    for (let piece = 1; piece <= piecesBetween; piece++) line.push(between(four, piece / piecesBetween))
  }
  return line
}

/** The point at `t` = 0 … 1 from the second to the third of four points. */
function between([a, b, c, d]: readonly [Point, Point, Point, Point], t: number): Point {
  const axis = (i: 0 | 1) => {
    const slope = c[i] - a[i]
    const bend = 2 * a[i] - 5 * b[i] + 4 * c[i] - d[i]
    const twist = 3 * (b[i] - c[i]) + d[i] - a[i]
    return b[i] + 0.5 * t * (slope + t * (bend + t * twist))
  }
  return [axis(0), axis(1)]
}

const samePoint = (a: Point, b: Point): boolean => a[0] === b[0] && a[1] === b[1]
