import { Tensor } from '../base/tensor.js'

/**
 * A picture `[H, W, C]` brought to another size: triangle filter, separable, in float64, rounded to bytes once.
 *
 * Shrinking widens the triangle by the factor of shrinking, so every pixel of the source counts and nothing flickers;
 * enlarging gives bilinear interpolation between pixel centres. Proportions are not kept (as Keras' `target_size`).
 */
export function resizePicture(
  picture: Tensor<Uint8Array>,
  height: number,
  width: number,
): Tensor<Uint8Array> {
  const [fromHeight, fromWidth, channels] = picture.shape as [number, number, number]
  if (fromHeight === height && fromWidth === width) return picture
  const resized = resizeValues(picture.data, [fromHeight, fromWidth, channels], height, width)
  return new Tensor(Uint8Array.from(resized, Math.round), [height, width, channels])
}

/** The same for any numbers [H, W, C], without rounding. */
export function resizeValues(
  values: ArrayLike<number>,
  [fromHeight, fromWidth, channels]: readonly [H: number, W: number, C: number],
  height: number,
  width: number,
): Float64Array {
  // Rows first: they are added up as they lie in memory, and few are left to go through pixel by pixel.
  const lowered = resizeRows(values, 1, triangleFilter(fromHeight, height), fromWidth * channels)
  return resizeRows(lowered, height, triangleFilter(fromWidth, width), channels)
}

/** The source pixels that make one target pixel: `first`, and a weight for it and each that follows; their sum is 1. */
interface Taps {
  readonly first: number
  readonly weights: Float64Array
}

/** Taps for every target pixel along one axis. */
export function triangleFilter(from: number, to: number): Taps[] {
  const ratio = from / to
  const reach = Math.max(1, ratio)
  return Array.from({ length: to }, (_, target) => {
    const centre = (target + 0.5) * ratio
    const first = Math.max(0, Math.floor(centre - reach))
    const end = Math.min(from, Math.ceil(centre + reach))
    const heights = Float64Array.from({ length: end - first }, (_, i) =>
      Math.max(0, 1 - Math.abs(first + i + 0.5 - centre) / reach),
    )
    const total = heights.reduce((sum, value) => sum + value, 0)
    return { first, weights: heights.map(value => value / total) }
  })
}

/**
 * Filters along the middle axis of `[lines, length, step]`. Both axes of a picture are this: its columns are the
 * middle of `[H, W, C]`, its rows the middle of `[1, H, W·C]`.
 */
function resizeRows(
  source: ArrayLike<number>,
  lines: number,
  taps: readonly Taps[],
  step: number,
): Float64Array {
  const length = source.length / (lines * step)
  const result = new Float64Array(lines * taps.length * step)
  for (let line = 0; line < lines; line++)
    for (let target = 0; target < taps.length; target++) {
      const { first, weights } = taps[target]!
      const to = (line * taps.length + target) * step
      for (let tap = 0; tap < weights.length; tap++)
        addScaled(source, (line * length + first + tap) * step, weights[tap]!, result, to, step)
    }
  return result
}

function addScaled(
  source: ArrayLike<number>,
  from: number,
  weight: number,
  result: Float64Array,
  to: number,
  length: number,
): void {
  for (let i = 0; i < length; i++) result[to + i]! += source[from + i]! * weight
}
