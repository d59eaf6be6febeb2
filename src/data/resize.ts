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
  return new Tensor(rounded(resized), [height, width, channels])
}

/** A loop: `Uint8Array.from` with a function takes longer than the resizing. */
function rounded(values: Float64Array): Uint8Array {
  const bytes = new Uint8Array(values.length)
  for (let i = 0; i < values.length; i++) bytes[i] = Math.round(values[i]!)
  return bytes
}

/** The same for any numbers [H, W, C], without rounding. */
export function resizeValues(
  values: ArrayLike<number>,
  [fromHeight, fromWidth, channels]: readonly [H: number, W: number, C: number],
  height: number,
  width: number,
): Float64Array {
  // Rows first: they are added up as they lie in memory, and few are left to go through pixel by pixel.
  const lowered = filterRows(values, triangleFilter(fromHeight, height), fromWidth * channels)
  return filterPixels(lowered, height, triangleFilter(fromWidth, width), channels)
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

/** Along the height, `[H, length]`: whole rows are added up. */
function filterRows(source: ArrayLike<number>, taps: readonly Taps[], length: number): Float64Array {
  const result = new Float64Array(taps.length * length)
  for (let target = 0; target < taps.length; target++) {
    const { first, weights } = taps[target]!
    const into = result.subarray(target * length, (target + 1) * length)
    let tap = 0
    for (; tap + 4 <= weights.length; tap += 4) addFour(source, (first + tap) * length, weights, tap, into)
    for (; tap < weights.length; tap++) addOne(source, (first + tap) * length, weights[tap]!, into)
  }
  return result
}

/** Four rows at once, in the order of one after the other: what is between them need not go through memory. */
function addFour(
  source: ArrayLike<number>,
  from: number,
  weights: Float64Array,
  tap: number,
  into: Float64Array,
): void {
  const { length } = into
  const [w0, w1, w2, w3] = [weights[tap]!, weights[tap + 1]!, weights[tap + 2]!, weights[tap + 3]!]
  for (let i = 0; i < length; i++) {
    const at = from + i
    into[i] =
      into[i]! +
      source[at]! * w0 +
      source[at + length]! * w1 +
      source[at + 2 * length]! * w2 +
      source[at + 3 * length]! * w3
  }
}

function addOne(source: ArrayLike<number>, from: number, weight: number, into: Float64Array): void {
  for (let i = 0; i < into.length; i++) into[i]! += source[from + i]! * weight
}

/** Along the width, `[lines, W, channels]`: a pixel is too short to be added up as a row is, so each of its numbers is. */
function filterPixels(
  source: Float64Array,
  lines: number,
  taps: readonly Taps[],
  channels: number,
): Float64Array {
  const width = source.length / (lines * channels)
  const result = new Float64Array(lines * taps.length * channels)
  let to = 0
  for (let line = 0; line < lines; line++)
    for (const { first, weights } of taps)
      for (let channel = 0; channel < channels; channel++)
        result[to++] = weightedSum(source, (line * width + first) * channels + channel, channels, weights)
  return result
}

function weightedSum(source: Float64Array, from: number, step: number, weights: Float64Array): number {
  let sum = 0
  for (let tap = 0; tap < weights.length; tap++) sum += source[from + tap * step]! * weights[tap]!
  return sum
}
