import { expect, test } from 'vitest'
import { digits } from '../../data/sets/digits.js'
import { movePicture } from './move-picture.js'
import { commonRoom, isWhole, roomOf } from './room.js'

const none = { left: 0, right: 0, up: 0, down: 0 }

/** A picture `[5, 6, 1]` of one byte, with another at some places. */
function pictureWith(places: readonly (readonly [x: number, y: number, byte: number])[], ground = 0) {
  const bytes = new Uint8Array(30).fill(ground)
  for (const [x, y, byte] of places) bytes[y * 6 + x] = byte
  return bytes
}

test('the room is what lies between the object and the frame', () => {
  const picture = pictureWith([
    [1, 2, 200],
    [3, 3, 90],
  ])
  expect(roomOf(picture, [5, 6, 1])).toEqual({ left: 1, right: 2, up: 2, down: 1 })
})

test('what differs little from the ground is no part of the object', () => {
  const picture = pictureWith(
    [
      [2, 2, 0],
      [1, 1, 240],
    ],
    255,
  )
  expect(roomOf(picture, [5, 6, 1])).toEqual({ left: 2, right: 3, up: 2, down: 2 })
})

test('what touches the border, fills it or is not there has no room', () => {
  expect(roomOf(pictureWith([[5, 2, 200]]), [5, 6, 1])).toEqual(none)
  expect(
    roomOf(
      Uint8Array.from({ length: 30 }, (_, i) => 8 * i),
      [5, 6, 1],
    ),
  ).toEqual(none)
  expect(roomOf(pictureWith([]), [5, 6, 1])).toEqual(none)
})

test('within its room a digit keeps all it has, one pixel further it loses ink', () => {
  const { x } = digits({ train: 20, test: 1 }).train
  const bright = (bytes: Uint8Array) => bytes.filter(byte => byte >= 16).length
  for (let row = 0; row < 20; row++) {
    const picture = x.slice(row, row + 1).data
    const room = roomOf(picture, [28, 28, 1])
    const kept = (dx: number, dy: number) => {
      const moved = new Uint8Array(784)
      movePicture(picture, [28, 28, 1], { dx, dy }, 0, moved)
      return bright(moved)
    }
    for (const [dx, dy] of [
      [-room.left, -room.up],
      [room.right, room.down],
    ] as const) {
      expect(kept(dx, dy)).toBe(bright(picture))
      expect(isWhole(room, dx, dy)).toBe(true)
      for (const [further, lower] of [
        [dx + Math.sign(dx), dy],
        [dx, dy + Math.sign(dy)],
      ] as const) {
        expect(kept(further, lower)).toBeLessThan(bright(picture))
        expect(isWhole(room, further, lower)).toBe(false)
      }
    }
  }
})

test('the room that all have is the smallest in each direction', () => {
  expect(
    commonRoom([
      { left: 1, right: 5, up: 7, down: 2 },
      { left: 3, right: 4, up: 6, down: 3 },
    ]),
  ).toEqual({ left: 1, right: 4, up: 6, down: 2 })
})
