import fc from 'fast-check'
import { expect, test } from 'vitest'
import { movePicture } from './move-picture.js'

/** The moved picture as rows of pixels, by cutting and appending arrays. */
function movedRows(rows: number[][], dx: number, dy: number, fill: number | 'edge'): number[][] {
  const shift = <T>(line: T[], by: number, filler: (end: T) => T): T[] => {
    const result = [...line]
    for (let step = 0; step < Math.abs(by); step++)
      if (by > 0) {
        result.unshift(filler(result[0]!))
        result.pop()
      } else {
        result.push(filler(result.at(-1)!))
        result.shift()
      }
    return result
  }
  const blank = (row: number[]) => (fill === 'edge' ? row : row.map(() => fill))
  const across = rows.map(row => shift(row, dx, end => (fill === 'edge' ? end : fill)))
  return shift(across, dy, blank)
}

test.each(['edge', 0, 128] as const)('moving is cutting rows and columns and appending others: %s', fill => {
  const whole = (min: number, max: number) => fc.integer({ min, max })
  const cases = fc.record({ height: whole(1, 6), width: whole(1, 6), dx: whole(-7, 7), dy: whole(-7, 7) })
  fc.assert(
    fc.property(cases, ({ height, width, dx, dy }) => {
      const channels = 3
      const source = Uint8Array.from({ length: height * width * channels }, (_, i) => (i * 37 + 11) % 251)
      const target = new Uint8Array(source.length + 2)
      movePicture(source, [height, width, channels], { dx, dy }, fill, target, 1)
      for (let channel = 0; channel < channels; channel++) {
        const at = (y: number, x: number) => (y * width + x) * channels + channel
        const rows = Array.from({ length: height }, (_, y) =>
          Array.from({ length: width }, (_, x) => source[at(y, x)]!),
        )
        const moved = rows.map((row, y) => row.map((_, x) => target[1 + at(y, x)]))
        expect(moved).toEqual(movedRows(rows, dx, dy, fill))
      }
      expect([target[0], target.at(-1)]).toEqual([0, 0])
    }),
  )
})
