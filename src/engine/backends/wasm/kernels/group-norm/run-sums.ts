import { f32x4, i32x4, type Vector, v128 } from '../../assembler/expressions.js'
import type { FunctionBuilder, Local } from '../../assembler/function.js'
import { FLOAT, LANES } from '../kernel.js'
import { laneSum } from '../total.js'

/** Bytes of one vector. */
export const VECTOR = LANES * FLOAT
/** Sums that are added to in turn: enough that none waits for its last addition, and short enough to round little. */
export const ABREAST = 8

/**
 * Sums of `terms` numbers over a run of `run` channels, each in all four lanes. `at` gives the terms of the four channels
 * at byte `position + byte` of the run; of the last vector only the lanes that belong to the run count.
 */
export function runSums(
  f: FunctionBuilder,
  run: number,
  terms: number,
  at: (position: Local<'i32'>, byte: number) => readonly Vector[],
): readonly Local<'v128'>[] {
  const vectors = Math.floor(run / LANES)
  const rest = run % LANES
  const abreast = Math.max(1, Math.min(vectors, Math.floor(ABREAST / terms)))
  const sums = accumulators(f, abreast, terms)
  const position = f.i32(0)
  const add = (j: number, inside = (term: Vector): Vector => term) =>
    addTerms(
      f,
      sums[j % abreast]!,
      at(position, j * VECTOR).map(term => inside(term)),
    )
  const looped = vectors - (vectors % abreast)
  f.for(position, 0, looped * VECTOR, abreast * VECTOR, () => sums.forEach((_, j) => add(j)))
  for (let j = 0; j < vectors - looped; j++) add(j)
  const mask = i32x4.lanes([0, 1, 2, 3].map(lane => (lane < rest ? -1 : 0)))
  if (rest > 0) add(vectors - looped, term => v128.and(term, mask))
  return addedUp(f, sums).map(sum => f.v128(f32x4.splat(laneSum(sum))))
}

/** So many sums of each term, all 0. */
export const accumulators = (f: FunctionBuilder, abreast: number, terms: number): Local<'v128'>[][] =>
  Array.from({ length: abreast }, () => Array.from({ length: terms }, () => f.v128(0)))

export const addTerms = (
  f: FunctionBuilder,
  sums: readonly Local<'v128'>[],
  terms: readonly Vector[],
): void => sums.forEach((sum, t) => f.set(sum, f32x4.add(sum, terms[t]!)))

/** Adds up the accumulators of each term, pairwise, into the first. */
export function addedUp(
  f: FunctionBuilder,
  sums: readonly (readonly Local<'v128'>[])[],
): readonly Local<'v128'>[] {
  for (let step = 1; step < sums.length; step *= 2)
    for (let j = 0; j + step < sums.length; j += 2 * step) addTerms(f, sums[j]!, sums[j + step]!)
  return sums[0]!
}
