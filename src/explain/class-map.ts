import { unknownName } from '../base/nearest.js'
import type { Attention } from '../train/attention.js'

/**
 * How a map is made of what a layer saw, A [h, w, K], and the gradient G of a class's score:
 *
 * - `hirescam` (Draelos and Carin, "Use HiResCAM instead of Grad-CAM", 2020): Σₖ G ⊙ A, place by place. Where only a linear
 *   layer follows, its sum and the bias are exactly the score.
 * - `gradcam` (Selvaraju et al., "Grad-CAM", 2017): Σₖ mean(Gₖ) · Aₖ, without the cut at 0 that is a matter of drawing. It takes
 *   a channel to be equally good everywhere, so it can point beside what counted.
 *
 * Behind global average pooling and one dense layer both are the class activation map of Zhou et al. (2016), divided by h · w.
 */
export type FocusMethod = 'hirescam' | 'gradcam'

export const focusMethods: readonly FocusMethod[] = ['hirescam', 'gradcam']

/** Numbers [height, width], row by row: above 0 where the picture speaks for the class, below where against it. */
export interface ValueMap {
  readonly width: number
  readonly height: number
  readonly values: Float64Array
}

/** The map of one row of an attention, in the size of the layer. */
export function classMap({ maps, gradients }: Attention, row: number, method: FocusMethod): ValueMap {
  if (!focusMethods.includes(method)) throw unknownName('method', method, focusMethods)
  const [, height, width, channels] = maps.shape as [number, number, number, number]
  const seen = maps.slice(row, row + 1).data
  const slopes = gradients.slice(row, row + 1).data
  const means = method === 'gradcam' ? channelMeans(slopes, channels) : null
  const values = Float64Array.from({ length: height * width }, (_, place) => {
    let sum = 0
    for (let channel = 0; channel < channels; channel++) {
      const at = place * channels + channel
      sum += (means ? means[channel]! : slopes[at]!) * seen[at]!
    }
    return sum
  })
  return { width, height, values }
}

/** The mean of each channel over all places [h, w, channels] → [channels]. */
function channelMeans(values: Float32Array, channels: number): Float64Array {
  const sums = new Float64Array(channels)
  values.forEach((value, i) => {
    sums[i % channels]! += value
  })
  return sums.map(sum => (sum * channels) / values.length)
}
