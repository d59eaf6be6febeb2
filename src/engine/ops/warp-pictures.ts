import { take } from './inputs.js'
import type { Op } from './op.js'
import { borderCell } from './picture-border.js'
import { picturesWith } from './picture-rows.js'

/** Rotation, zoom, shear and moves by parts of a cell, sampled once. */
export const warpPictures: Op<'warpPictures'> = {
  shape: (_, inputs) => picturesWith('warpPictures', inputs, 'maps', () => 7),
  meaning(border, inputs, _, [N, H, W, C]) {
    const [x, maps] = take('warpPictures', inputs, 'x', 'maps')
    const y = x.slice()
    let to = 0
    const cell = (n: number, i: number, j: number, c: number) => {
      const [row, column] = [borderCell(border, i, H!), borderCell(border, j, W!)]
      return row < 0 || column < 0 ? border.value : x[((n * H! + row) * W! + column) * C! + c]!
    }
    for (let n = 0; n < N!; n++)
      for (let i = 0; i < H!; i++)
        for (let j = 0; j < W!; j++, to += C!) {
          const [changes, a, b, left, d, e, top] = maps.subarray(7 * n)
          if (changes === 0) continue
          const [across, down] = [a! * j + b! * i + left!, d! * j + e! * i + top!]
          const [column, row] = [Math.floor(across), Math.floor(down)]
          for (let c = 0; c < C!; c++) {
            const upper = between(cell(n, row, column, c), cell(n, row, column + 1, c), across - column)
            const lower = between(
              cell(n, row + 1, column, c),
              cell(n, row + 1, column + 1, c),
              across - column,
            )
            y[to + c] = between(upper, lower, down - row)
          }
        }
    return y
  },
  gradient: null,
}

const between = (a: number, b: number, share: number): number => a + share * (b - a)
