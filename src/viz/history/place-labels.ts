import type { Point } from './curve.js'

/** Moves heights apart until neighbours are `gap` from each other, within `low` … `high`, in their order. */
export function spread(heights: readonly number[], gap: number, low: number, high: number): number[] {
  const order = heights.map((_, i) => i).sort((a, b) => heights[a]! - heights[b]!)
  const placed = order.map(i => Math.min(high, Math.max(low, heights[i]!)))
  for (let i = 1; i < placed.length; i++) placed[i] = Math.max(placed[i]!, placed[i - 1]! + gap)
  for (let i = placed.length - 1; i >= 0; i--)
    placed[i] = Math.min(placed[i]!, i === placed.length - 1 ? high : placed[i + 1]! - gap)
  const result = new Array<number>(heights.length)
  order.forEach((i, place) => (result[i] = placed[place]!))
  return result
}

export interface Box {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** Of several places for a text the one that covers the least of the curves; of equals the first. */
export function leastCovered(candidates: readonly Box[], curves: readonly (readonly Point[])[]): Box {
  const counted = candidates.map(box => curves.reduce((sum, points) => sum + crossings(box, points), 0))
  return candidates[counted.indexOf(Math.min(...counted))]!
}

/** How many of eight points on every stretch of a curve lie in the box. */
function crossings({ x, y, width, height }: Box, points: readonly Point[]): number {
  let count = 0
  for (let i = 0; i + 1 < points.length; i++) {
    const [from, to] = [points[i]!, points[i + 1]!]
    for (let part = 0; part < 8; part++) {
      const px = from[0] + (part / 8) * (to[0] - from[0])
      const py = from[1] + (part / 8) * (to[1] - from[1])
      if (px >= x && px <= x + width && py >= y && py <= y + height) count++
    }
  }
  return count
}
