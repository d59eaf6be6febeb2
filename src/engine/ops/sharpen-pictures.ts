import { take } from './inputs.js'
import type { Op } from './op.js'
import { picturesWith, within } from './picture-rows.js'

/** Weight of the middle cell where each of its eight neighbours has 1, as in Pillow's SMOOTH filter. */
export const middleWeight = 5
export const blurWeight = middleWeight + 8

export const sharpenPictures: Op<'sharpenPictures'> = {
  shape: (_, inputs) => picturesWith('sharpenPictures', inputs, 'factors', () => 1),
  meaning(range, inputs, _, [N, H, W, C]) {
    const [x, factors] = take('sharpenPictures', inputs, 'x', 'factors')
    const y = x.slice()
    const row = W! * C!
    for (let n = 0; n < N!; n++)
      for (let i = 1; i < H! - 1; i++)
        for (let k = C!; k < row - C! && factors[n] !== 1; k++) {
          const at = (n * H! + i) * row + k
          const sum = [-row, 0, row].reduce(
            (sum, next) => sum + x[at + next - C!]! + x[at + next]! + x[at + next + C!]!,
            (middleWeight - 1) * x[at]!,
          )
          const blurred = sum / blurWeight
          y[at] = within(range, blurred + factors[n]! * (x[at]! - blurred))
        }
    return y
  },
  gradient: null,
}
