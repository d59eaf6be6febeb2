import { take } from './inputs.js'
import type { Op } from './op.js'
import { picturesWith, rowOf, within } from './picture-rows.js'

/** Numbers that say how the colours of one picture of `channels` channels change. */
export const recolourNumbers = (channels: number): number => 1 + channels + 2 * channels * channels

/** Brightness, contrast, saturation and hue, of which several make one map. */
export const recolourPictures: Op<'recolourPictures'> = {
  shape: (_, inputs) => picturesWith('recolourPictures', inputs, 'maps', recolourNumbers),
  meaning(range, inputs, _, [N, , , C]) {
    const [x, maps] = take('recolourPictures', inputs, 'x', 'maps')
    const y = x.slice()
    for (let n = 0; n < N!; n++) {
      const map = rowOf(maps, n, N!)
      if (map[0] !== 0) recolour(rowOf(x, n, N!), rowOf(y, n, N!), map.subarray(1), C!, v => within(range, v))
    }
    return y
  },
  gradient: null,
}

function recolour(
  x: Float64Array,
  y: Float64Array,
  map: Float64Array,
  C: number,
  clipped: (value: number) => number,
): void {
  const own = map.subarray(C)
  const shift = map.slice(0, C)
  channelMeans(x, C).forEach((mean, k) => {
    for (let c = 0; c < C; c++) shift[c]! += mean * own[(C + k) * C + c]!
  })
  y.forEach((_, at) => {
    const c = at % C
    let sum = shift[c]!
    for (let k = 0; k < C; k++) sum += x[at - c + k]! * own[k * C + c]!
    y[at] = clipped(sum)
  })
}

function channelMeans(x: Float64Array, C: number): Float64Array {
  const means = new Float64Array(C)
  x.forEach((value, at) => {
    means[at % C]! += (value * C) / x.length
  })
  return means
}
