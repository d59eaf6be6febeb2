import { OptionError } from '../../base/errors.js'
import type { PictureShape } from './move-picture.js'
import { commonRoom, type Room } from './room.js'

/** The shifts of a map. */
export interface Reach {
  /** First and last shift to the right. */
  readonly dx: readonly [from: number, to: number]
  /** First and last shift down. */
  readonly dy: readonly [from: number, to: number]
}

/** `range` pixels in every direction; `all`: as long as something of an object is in the frame. */
export function reachOf(range: number | 'all', [height, width]: PictureShape, rooms: readonly Room[]): Reach {
  if (range === 'all') {
    // The last column of an object is still there when it has moved by the width of the frame less its room and one.
    const { left, right, up, down } = commonRoom(rooms)
    return { dx: [right + 1 - width, width - 1 - left], dy: [down + 1 - height, height - 1 - up] }
  }
  if (!Number.isInteger(range) || range < 0 || range >= Math.max(height, width))
    throw new OptionError(
      `shiftMap: range must be a whole number of pixels from 0 to ${Math.max(height, width) - 1}, but is ${range}.`,
      'Use 8, or "all".',
    )
  return { dx: [-range, range], dy: [-range, range] }
}
