import type { Random } from '../base/random.js'
import { type Shape, sizeOf } from '../base/shape.js'

/**
 * A kernel whose filters stand at right angles, each of length `gain`: as a matrix [everything else, filters] its columns,
 * or where it is wider than high its rows. Drawn from the normal distribution, then each made orthogonal to those before
 * it (Gram & Schmidt in float64). Source: Saxe et al. 2014, arXiv 1312.6120; Keras' Orthogonal.
 */
export function orthogonal(gain: number, shape: Shape, random: Random): Float32Array {
  const columns = shape.at(-1) ?? 1
  const rows = sizeOf(shape) / columns
  const length = Math.max(rows, columns)
  const vectors: Float64Array[] = []
  while (vectors.length < Math.min(rows, columns)) vectors.push(nextVector(vectors, length, random))
  return Float32Array.from({ length: rows * columns }, (_, place) => {
    const [row, column] = [Math.floor(place / columns), place % columns]
    return gain * (rows >= columns ? vectors[column]![row]! : vectors[row]![column]!)
  })
}

function nextVector(before: readonly Float64Array[], length: number, random: Random): Float64Array {
  const vector = Float64Array.from({ length }, () => random.normal())
  // Twice: what rounding leaves of the others after the first time is gone after the second.
  for (let round = 0; round < 2; round++) for (const other of before) takeAway(vector, other)
  const size = Math.sqrt(dot(vector, vector))
  return vector.map(entry => entry / size)
}

function takeAway(vector: Float64Array, direction: Float64Array): void {
  const share = dot(vector, direction)
  for (let i = 0; i < vector.length; i++) vector[i]! -= share * direction[i]!
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!
  return sum
}
