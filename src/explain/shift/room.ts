import type { PictureShape } from './move-picture.js'

/** How far something can move in each direction, in pixels, before the frame cuts it. */
export interface Room {
  readonly left: number
  readonly right: number
  readonly up: number
  readonly down: number
}

/** A byte this far from the ground belongs to the object: JPEG's noise does not, nor the faintest rim of a stroke. */
const visible = 16

/**
 * How far the object of a picture can move. The object is what differs, by 16 of 255 or more in some channel, from the
 * ground: the colour of the upper left pixel, where the whole border of the picture has it. A picture without such a
 * border fills its frame, and an empty one has no object: they have no room.
 *
 * @param picture `[H, W, C]`
 */
export function roomOf(picture: Uint8Array, [height, width, channels]: PictureShape): Room {
  const room = { left: width, right: width, up: height, down: height }
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      if (!differs(picture, (y * width + x) * channels, channels)) continue
      room.left = Math.min(room.left, x)
      room.right = Math.min(room.right, width - 1 - x)
      room.up = Math.min(room.up, y)
      room.down = Math.min(room.down, height - 1 - y)
    }
  const fills = Math.min(room.left, room.right, room.up, room.down) === 0
  return fills || room.left === width ? { left: 0, right: 0, up: 0, down: 0 } : room
}

/** The room that all have. */
export const commonRoom = (rooms: readonly Room[]): Room => ({
  left: Math.min(...rooms.map(({ left }) => left)),
  right: Math.min(...rooms.map(({ right }) => right)),
  up: Math.min(...rooms.map(({ up }) => up)),
  down: Math.min(...rooms.map(({ down }) => down)),
})

/** Whether a shift by `dx` to the right and `dy` down cuts nothing. */
export const isWhole = ({ left, right, up, down }: Room, dx: number, dy: number): boolean =>
  dx >= -left && dx <= right && dy >= -up && dy <= down

function differs(picture: Uint8Array, at: number, channels: number): boolean {
  for (let channel = 0; channel < channels; channel++)
    if (Math.abs(picture[at + channel]! - picture[channel]!) >= visible) return true
  return false
}
