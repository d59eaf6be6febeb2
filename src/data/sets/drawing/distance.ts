/**
 * How far a point is from the edge of a figure: negative inside, positive outside. Figures have a radius of about 1
 * around the origin, x to the right, y down.
 */
export type Distance = (x: number, y: number) => number

export type Point = readonly [x: number, y: number]

export const disc = (radius: number, [centreX, centreY]: Point = [0, 0]): Distance => {
  return (x, y) => length(x - centreX, y - centreY) - radius
}

/** A line of some width along the edge of another figure. */
export const outline = (figure: Distance, halfWidth: number): Distance => {
  return (x, y) => Math.abs(figure(x, y)) - halfWidth
}

export const union = (...figures: readonly Distance[]): Distance => {
  return (x, y) => figures.reduce((least, figure) => Math.min(least, figure(x, y)), Infinity)
}

export const without = (figure: Distance, hole: Distance): Distance => {
  return (x, y) => Math.max(figure(x, y), -hole(x, y))
}

/** A line of some width through the points, with round ends. */
export const stroke = (points: readonly Point[], halfWidth: number): Distance => {
  const edges = points.slice(1).map((point, i) => edge(points[i]!, point))
  return (x, y) => Math.sqrt(nearestEdge(edges, x, y)) - halfWidth
}

/** The figure inside the closed line through the points. */
export const polygon = (points: readonly Point[]): Distance => {
  const edges = points.map((point, i) => edge(point, points[(i + 1) % points.length]!))
  return (x, y) => (isInside(edges, x, y) ? -1 : 1) * Math.sqrt(nearestEdge(edges, x, y))
}

interface Edge {
  readonly x: number
  readonly y: number
  readonly dx: number
  readonly dy: number
  readonly lengthSquared: number
}

const edge = ([x, y]: Point, [toX, toY]: Point): Edge => {
  const dx = toX - x
  const dy = toY - y
  return { x, y, dx, dy, lengthSquared: dx * dx + dy * dy }
}

/** Square of the distance to the nearest edge. */
function nearestEdge(edges: readonly Edge[], x: number, y: number): number {
  let least = Infinity
  for (const { x: fromX, y: fromY, dx, dy, lengthSquared } of edges) {
    const along = Math.max(0, Math.min(1, ((x - fromX) * dx + (y - fromY) * dy) / lengthSquared))
    const awayX = x - fromX - along * dx
    const awayY = y - fromY - along * dy
    least = Math.min(least, awayX * awayX + awayY * awayY)
  }
  return least
}

/** Even-odd rule: a ray to the right crosses the line an odd number of times. */
function isInside(edges: readonly Edge[], x: number, y: number): boolean {
  let inside = false
  for (const { x: fromX, y: fromY, dx, dy } of edges) {
    const crosses = fromY > y !== fromY + dy > y
    if (crosses && x < fromX + ((y - fromY) / dy) * dx) inside = !inside
  }
  return inside
}

// Math.hypot is slower and, unlike a square root, not exactly rounded everywhere.
const length = (x: number, y: number): number => Math.sqrt(x * x + y * y)
