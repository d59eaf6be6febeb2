import { el, short } from '../svg/element.js'
import { type InkName, paint } from '../svg/theme.js'

/**
 * Outlines around (0, 0), one of each kind before any comes again. There is one more than there are colours (`series`), so that
 * no two of a drawing share both.
 */
const outlines: readonly (readonly (readonly [number, number])[])[] = [
  [],
  [
    [-0.9, -0.9],
    [0.9, -0.9],
    [0.9, 0.9],
    [-0.9, 0.9],
  ],
  [
    [0, -1.2],
    [1.15, 0.85],
    [-1.15, 0.85],
  ],
  [
    [0, -1.3],
    [1.3, 0],
    [0, 1.3],
    [-1.3, 0],
  ],
  [
    [0, 1.2],
    [1.15, -0.85],
    [-1.15, -0.85],
  ],
  [
    [-1.2, -0.4],
    [-0.4, -0.4],
    [-0.4, -1.2],
    [0.4, -1.2],
    [0.4, -0.4],
    [1.2, -0.4],
    [1.2, 0.4],
    [0.4, 0.4],
    [0.4, 1.2],
    [-0.4, 1.2],
    [-0.4, 0.4],
    [-1.2, 0.4],
  ],
  [
    [0, -1.45],
    [0.36, -0.5],
    [1.38, -0.45],
    [0.59, 0.19],
    [0.85, 1.17],
    [0, 0.62],
    [-0.85, 1.17],
    [-0.59, 0.19],
    [-1.38, -0.45],
    [-0.36, -0.5],
  ],
]

/** The i-th of several marks that can be told apart without colour: disc, square, triangle, rhombus, …; on the ground's edge. */
export function mark(i: number, x: number, y: number, ink: InkName, size = 4): string {
  const outline = outlines[i % outlines.length]!
  const style = { ...paint({ fill: ink, stroke: 'paper' }), 'stroke-width': 1 }
  if (outline.length === 0) return el('circle', { cx: x, cy: y, r: size, ...style })
  const points = outline.map(([dx, dy]) => `${short(x + size * dx)},${short(y + size * dy)}`).join(' ')
  return el('polygon', { points, ...style })
}
