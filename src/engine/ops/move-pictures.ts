import { take } from './inputs.js'
import type { Op } from './op.js'
import { borderCell } from './picture-border.js'
import { picturesWith } from './picture-rows.js'

/** Pure copying: a cell of the output is a cell of the picture, or of what lies outside it. */
export const movePictures: Op<'movePictures'> = {
  shape: (_, inputs) => picturesWith('movePictures', inputs, 'moves', () => 4),
  meaning(border, inputs, _, [N, H, W, C]) {
    const [x, moves] = take('movePictures', inputs, 'x', 'moves')
    const y = new Float64Array(x.length)
    let to = 0
    for (let n = 0; n < N!; n++) {
      const [alongW, alongH, right, down] = moves.subarray(4 * n)
      for (let i = 0; i < H!; i++)
        for (let j = 0; j < W!; j++, to += C!) {
          const row = borderCell(border, (alongH! < 0 ? H! - 1 - i : i) - alongH! * down!, H!)
          const column = borderCell(border, (alongW! < 0 ? W! - 1 - j : j) - alongW! * right!, W!)
          const from = ((n * H! + row) * W! + column) * C!
          for (let c = 0; c < C!; c++) y[to + c] = row < 0 || column < 0 ? border.value : x[from + c]!
        }
    }
    return y
  },
  gradient: null,
}
