import { type Shape, sizeOf } from '../../base/shape.js'

/**
 * Copies a block of `size` numbers, axis by axis, from the place `fromBegin` of `from` to the place `toBegin` of `to`;
 * both row-major. Slicing, padding and joining are this one copy.
 */
export function copyBlock(
  from: Float64Array,
  fromShape: Shape,
  fromBegin: readonly number[],
  to: Float64Array,
  toShape: Shape,
  toBegin: readonly number[],
  size: Shape,
): void {
  const run = size.at(-1) ?? 1
  const runs = sizeOf(size.slice(0, -1))
  for (let number = 0; number < runs; number++) {
    const place = placeOf(number, size.slice(0, -1))
    const start = offsetOf(place, fromBegin, fromShape)
    to.set(from.subarray(start, start + run), offsetOf(place, toBegin, toShape))
  }
}

/** Where the `number`th element of a row-major array lies, axis by axis. */
function placeOf(number: number, shape: Shape): number[] {
  const place: number[] = []
  let rest = number
  for (const length of [...shape].reverse()) {
    place.unshift(rest % length)
    rest = Math.floor(rest / length)
  }
  return place
}

/** The offset of `begin + place` in a row-major array; axes that `place` leaves out count as 0. */
const offsetOf = (place: readonly number[], begin: readonly number[], shape: Shape): number =>
  shape.reduce((offset, length, axis) => offset * length + begin[axis]! + (place[axis] ?? 0), 0)
