import { el, short } from '../svg/element.js'
import { paint } from '../svg/theme.js'
import type { Point, Rankdir } from './graph.js'

/** How an edge is drawn: the width of its line, and the length and width of its arrow's head. */
export interface EdgeLook {
  readonly line: number
  readonly head: readonly [length: number, width: number]
}

/** An edge along its points, with an arrow's head at the last. */
export function edgePath(points: readonly Point[], rankdir: Rankdir, { line, head }: EdgeLook): string {
  const [length, width] = head
  const along: Axis = rankdir === 'TB' ? 1 : 0
  const across: Axis = along === 1 ? 0 : 1
  const tip = points.at(-1)!
  const neck = moved(tip, along, -length)
  // Curves arrive a little before the head, so that the head points the way the line comes.
  const way = `${wayAlong([...points.slice(0, -1), moved(neck, along, -6)], along)}L${spot(neck)}`
  const side = (by: number) => spot(moved(neck, across, by))
  return [
    el('path', { d: way, ...paint({ fill: 'none', stroke: 'line' }), 'stroke-width': line }),
    el('path', { d: `M${spot(tip)}L${side(-width / 2)}L${side(width / 2)}Z`, ...paint({ fill: 'line' }) }),
  ].join('')
}

type Axis = 0 | 1

const moved = (point: Point, axis: Axis, by: number): Point =>
  axis === 0 ? [point[0] + by, point[1]] : [point[0], point[1] + by]

const spot = ([x, y]: Point): string => `${short(x)} ${short(y)}`

/**
 * Straight where two points lie one behind the other; else a curve that leaves and arrives in the direction of the
 * network. Such a curve stays inside the rectangle of its ends, so it meets nothing that the straight line could not.
 */
function wayAlong(points: readonly Point[], along: Axis): string {
  const steps = points.slice(1).map((to, i) => {
    const from = points[i]!
    if (Math.abs(from[1 - along]! - to[1 - along]!) < 0.01) return `L${spot(to)}`
    const half = (to[along] - from[along]) / 2
    return `C${spot(moved(from, along, half))} ${spot(moved(to, along, -half))} ${spot(to)}`
  })
  return `M${spot(points[0]!)}${steps.join('')}`
}
