import { cosineOfTurns } from '../../base/portable-math.js'

/**
 * Where what is seen at a place comes from, both places counted from the picture's centre, columns to the right and rows
 * down: column a·x + b·y + c, row d·x + e·y + f.
 */
export type Affine = readonly [a: number, b: number, c: number, d: number, e: number, f: number]

export const unmoved: Affine = [1, 0, 0, 0, 1, 0]
export const mirrored: Affine = [-1, 0, 0, 0, 1, 0]
export const upsideDown: Affine = [1, 0, 0, 0, -1, 0]

/** What is seen moves to the right and down. */
export const shifted = (right: number, down: number): Affine => [1, 0, -right, 0, 1, -down]

/** What is seen turns clockwise by so many full turns, of -1 … 1. */
export function rotated(turns: number): Affine {
  const size = Math.abs(turns)
  const cosine = cosineOfTurns(size)
  const sine = Math.sign(turns) * sineOfTurns(size)
  return [cosine, sine, 0, -sine, cosine, 0]
}

/** sin 2πt for 0 ≤ t ≤ 1. */
export const sineOfTurns = (turns: number): number =>
  cosineOfTurns(turns < 0.25 ? turns + 0.75 : turns - 0.25)

/** What is seen becomes `factor` times as large. */
export const zoomed = (factor: number): Affine => [1 / factor, 0, 0, 0, 1 / factor, 0]

/** Rows move against each other, by `slope` columns a row; or columns, by `down` rows a column. */
export const sheared = (slope: number, down = 0): Affine => [1, slope, 0, down, 1, 0]

/** Both, one after the other, as one: what `second` shows of what `first` shows of a picture. */
export function inTurn(first: Affine, second: Affine): Affine {
  const [a, b, c, d, e, f] = first
  const [A, B, C, D, E, F] = second
  return [a * A + b * D, a * B + b * E, a * C + b * F + c, d * A + e * D, d * B + e * E, d * C + e * F + f]
}
