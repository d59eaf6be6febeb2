import { el, short } from '../svg/element.js'
import { type InkName, paint } from '../svg/theme.js'

/** Outlines around (0, 0), one of each kind before any comes again. */
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
]

/** The i-th of several marks that can be told apart without colour: disc, square, triangle, rhombus, …; on the ground's edge. */
export function mark(i: number, x: number, y: number, ink: InkName, size = 4): string {
  const outline = outlines[i % outlines.length]!
  const style = { ...paint({ fill: ink, stroke: 'paper' }), 'stroke-width': 1 }
  if (outline.length === 0) return el('circle', { cx: x, cy: y, r: size, ...style })
  const points = outline.map(([dx, dy]) => `${short(x + size * dx)},${short(y + size * dy)}`).join(' ')
  return el('polygon', { points, ...style })
}
