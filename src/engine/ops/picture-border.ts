import type { PictureBorder } from './attributes.js'

/**
 * The cell that stands for place `at` of an axis of `length` cells, which may lie outside; -1 where the border's constant
 * does. `reflect` mirrors at the centres of the outermost cells (c b | a b c | b a), as often as it takes.
 */
export function borderCell({ border }: PictureBorder, at: number, length: number): number {
  if (at >= 0 && at < length) return at
  if (border === 'constant') return -1
  if (border === 'edge' || length === 1) return at < 0 ? 0 : length - 1
  const period = 2 * (length - 1)
  const place = Math.abs(at) % period
  return Math.min(place, period - place)
}
