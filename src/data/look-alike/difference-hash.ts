import { resizeValues } from '../resize.js'

/** 64 bits of a picture, in two words without sign. */
export interface DifferenceHash {
  readonly high: number
  readonly low: number
}

/** Bits in a row, and rows. */
const side = 8

/**
 * Tones that differ less all over a picture, by their standard deviation in steps of 0 … 255, are flat: what is left is noise,
 * and plain pictures of different things hash alike.
 */
const flatBelow = 8

/** A step between neighbours that noise does not turn round. */
const clearStep = 2

/** A pixel is brighter from so many steps on: where a picture is flat its bits are 0, whatever the noise. */
const brighterBy = 1.5

/** So many of the 64 bits must come from clear steps: else the hash says little of the picture. */
const clearBits = 20

/**
 * The difference hash (dHash; N. Krawetz, "Kind of Like That", 2013): a grey picture is shrunk to 8 rows of 9 pixels; a bit says
 * whether a pixel is brighter than the one at its left, here by more than noise. It stays, or nearly so, where a picture is resized
 * or compressed again.
 *
 * @param grey [H, W]
 * @returns null for a picture that is flat, or nearly so
 */
export function differenceHash(grey: Uint8Array, height: number, width: number): DifferenceHash | null {
  const tones = resizeValues(grey, [height, width, 1], side, side + 1)
  if (deviation(tones) < flatBelow) return null
  const words = [0, 0]
  let clear = 0
  for (let bit = 0; bit < side * side; bit++) {
    const left = Math.floor(bit / side) * (side + 1) + (bit % side)
    const step = tones[left + 1]! - tones[left]!
    if (Math.abs(step) > clearStep) clear++
    if (step > brighterBy) words[bit >> 5]! |= 1 << (bit & 31)
  }
  return clear < clearBits ? null : { high: words[1]! >>> 0, low: words[0]! >>> 0 }
}

/** How bright pixels are: `[H, W, C]` to `[H, W]`, by the weights of ITU-R BT.601. */
export function greyOf(pixels: Uint8Array, channels: number): Uint8Array {
  if (channels === 1) return pixels
  const grey = new Uint8Array(pixels.length / 3)
  for (let i = 0; i < grey.length; i++)
    grey[i] = (77 * pixels[3 * i]! + 150 * pixels[3 * i + 1]! + 29 * pixels[3 * i + 2]!) >> 8
  return grey
}

function deviation(values: Float64Array): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length)
}

/**
 * Pearson's correlation of two pictures of one size: 1 where one is the other but for brightness and contrast. 0 where one has a
 * single tone.
 */
export function correlation(a: Uint8Array, b: Uint8Array): number {
  let [sumA, sumB, squaresA, squaresB, products] = [0, 0, 0, 0, 0]
  for (let i = 0; i < a.length; i++) {
    const [x, y] = [a[i]!, b[i]!]
    sumA += x
    sumB += y
    squaresA += x * x
    squaresB += y * y
    products += x * y
  }
  const n = a.length
  const spread = (n * squaresA - sumA * sumA) * (n * squaresB - sumB * sumB)
  return spread === 0 ? 0 : (n * products - sumA * sumB) / Math.sqrt(spread)
}
