import { Random } from '../../src/base/random.js'
import { tutorial } from '../network.js'

const seed = 1

/** Random pixels in -0.5 … 0.5 for so many pictures. */
export function randomPixels(pictures: number): Float32Array {
  const random = new Random(seed, 'pixels')
  const length = pictures * tutorial.size ** 2 * tutorial.channels
  return Float32Array.from({ length }, () => random.uniform(-0.5, 0.5))
}

/** A class for each picture, the same ones for every system. */
export const fixedLabels = (pictures: number): Uint8Array =>
  Uint8Array.from({ length: pictures }, (_, picture) => (7 * picture + 3) % tutorial.classes)

/** The labels as rows with a single 1. */
export function oneHotLabels(pictures: number): Float32Array {
  const rows = new Float32Array(pictures * tutorial.classes)
  fixedLabels(pictures).forEach((label, picture) => {
    rows[picture * tutorial.classes + label] = 1
  })
  return rows
}

/** First weights for systems that draw none themselves: uniform, with the variance that keeps relu's signals as large (He). */
export function randomWeights(name: string, length: number, fanIn: number): Float32Array {
  const random = new Random(seed, 'weights', name)
  const limit = Math.sqrt(6 / fanIn)
  return Float32Array.from({ length }, () => random.uniform(-limit, limit))
}
